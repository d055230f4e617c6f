// SPDX-License-Identifier: EUPL-1.2
// The live map over the drawn one. It asks this server only, for the window that is looked at: what the list beside it
// counts. Where the machine cannot draw it, the drawn map stays; where there is no script, nobody misses it.
//
//   <figure data-map="…/karte.json?q=…" data-cards="/angebote" data-areas="/karte/gebiete.json" data-basemap="…"
//           data-library data-worker data-tiles data-sheet data-words='{"near":"Vergrößern"}'> <svg>…</svg> </figure>

const AFTER_MOVE = 150;
const MOST_LISTED = 12;

/** Colours as the library reads them, from the page's own, so that light and dark follow. */
function palette(element) {
  const probe = element.ownerDocument.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const canvas = element.ownerDocument.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const colour = (value) => {
    probe.style.color = value;
    brush.fillStyle = getComputedStyle(probe).color;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b] = brush.getImageData(0, 0, 1, 1).data;
    return `rgb(${r},${g},${b})`;
  };
  const mix = (part, of) => colour(`color-mix(in oklab, var(--${part}) ${of}%, var(--paper))`);
  const colours = {
    ink: colour("var(--ink)"), soft: colour("var(--ink-soft)"), paper: colour("var(--paper)"), surface: colour("var(--surface)"),
    line: colour("var(--line-strong)"), act: colour("var(--act)"), onAct: colour("var(--on-act)"), warn: colour("var(--warn)"),
    area: mix("act", 10), water: mix("act", 22), green: mix("ok", 14), road: mix("ink", 16), house: mix("ink", 9),
  };
  probe.remove();
  return colours;
}

/** Layers of a base map by what its own layers are called: those of Protomaps, Shortbread, basemap.de. */
function groundLayers(names, c) {
  const pick = (words) => names.filter((name) => words.test(name));
  const layer = (name, type, paint, more = {}) => ({ id: `ground-${name}`, type, source: "ground", "source-layer": name, paint, ...more });
  const label = ["coalesce", ["get", "name:de"], ["get", "name"], ""];
  return [
    ...pick(/^(earth|land)$/i).map((name) => layer(name, "fill", { "fill-color": c.paper })),
    ...pick(/landuse|landcover|vegetation|sites/i).map((name) => layer(name, "fill", { "fill-color": c.green, "fill-opacity": 0.5 })),
    ...pick(/water(?!.*label)|ocean|gew/i).map((name) => layer(name, "fill", { "fill-color": c.water }, { filter: ["==", ["geometry-type"], "Polygon"] })),
    ...pick(/road|street|transport|verkehr/i).filter((name) => !/label/i.test(name))
      .map((name) => layer(name, "line", { "line-color": c.road, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.4, 14, 2, 18, 9] })),
    ...pick(/building|geb/i).map((name) => layer(name, "fill", { "fill-color": c.house }, { minzoom: 14 })),
    ...pick(/^places$|place_labels|street_labels$/i).map((name) => layer(name, "symbol",
      { "text-color": c.soft, "text-halo-color": c.paper, "text-halo-width": 1.5 },
      { layout: { "text-field": label, "text-size": 12, "text-font": ["Fira Sans"] } })),
  ];
}

const NOTHING = { type: "FeatureCollection", features: [] };

function style(c, areas, marks, ground) {
  const one = ["==", ["get", "count"], 1];
  const middles = { type: "FeatureCollection", features: areas.features.map(({ properties }) =>
    ({ type: "Feature", properties, geometry: { type: "Point", coordinates: properties.middle } })) };
  const text = { "text-font": ["Fira Sans"], "text-allow-overlap": false };
  return {
    version: 8,
    sources: {
      areas: { type: "geojson", data: areas }, middles: { type: "geojson", data: middles }, marks: { type: "geojson", data: marks },
      ...(ground ? { ground: ground.source } : {}),
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": ground ? c.paper : c.surface } },
      ...(ground ? (ground.names ? groundLayers(ground.names, c) : [{ id: "ground", type: "raster", source: "ground" }]) : []),
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": c.area, "fill-opacity": ground ? 0.35 : 1 } },
      { id: "borders", type: "line", source: "areas", paint: { "line-color": c.soft, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.8, 15, 2] } },
      { id: "names", type: "symbol", source: "middles",
        layout: { ...text, "text-field": ["get", "name"], "text-size": ["interpolate", ["linear"], ["zoom"], 10, 12, 15, 16], "text-max-width": 8, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.4 },
        paint: { "text-color": c.ink, "text-halo-color": c.area, "text-halo-width": 1.5 } },
      { id: "several", type: "circle", source: "marks", filter: ["!", one], paint: {
        "circle-radius": ["step", ["get", "count"], 11, 10, 14, 100, 18, 1000, 22],
        "circle-color": c.paper, "circle-stroke-color": c.warn, "circle-stroke-width": 2.5 } },
      { id: "single", type: "circle", source: "marks", filter: one,
        paint: { "circle-radius": 7, "circle-color": c.warn, "circle-stroke-color": c.paper, "circle-stroke-width": 2 } },
      { id: "numbers", type: "symbol", source: "marks", filter: ["!", one],
        layout: { "text-font": ["Fira Sans Bold", "Fira Sans"], "text-field": ["to-string", ["get", "count"]], "text-size": 13, "text-allow-overlap": true },
        paint: { "text-color": c.ink } },
    ],
  };
}

class LiveMap {
  constructor(figure) {
    this.figure = figure;
    this.words = JSON.parse(figure.dataset.words);
    this.marks = NOTHING;
    this.asking = null;
    this.timer = 0;
  }

  async show() {
    const { library, worker, sheet, areas } = this.figure.dataset;
    const [lib, shapes] = await Promise.all([import(library), this.ask(areas), this.wear(sheet)]);
    lib.setWorkerUrl(new URL(worker, location.href).href);
    this.areas = shapes;
    this.ground = await this.base(lib);
    this.canvas = document.createElement("div");
    this.canvas.className = "live-map";
    this.figure.prepend(this.canvas);
    this.bounds = box(shapes);
    this.lib = lib;
    this.map = new lib.Map({
      container: this.canvas, style: this.style(), bounds: this.bounds, fitBoundsOptions: { padding: 24 }, maxZoom: 18,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, attributionControl: false, locale: this.locale(),
      localIdeographFontFamily: "'Fira Sans', sans-serif", refreshExpiredTiles: false, fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new lib.NavigationControl({ showCompass: false }), "top-right");
    // Two fingers or the key: a page that is scrolled must not get stuck in its map.
    this.map.scrollZoom.disable();
    this.map.once("load", () => this.live());
    this.map.on("moveend", () => this.later());
    for (const layer of ["single", "several"]) {
      this.map.on("click", layer, ({ features }) => this.open(features[0]));
      this.map.on("mouseenter", layer, () => { this.map.getCanvas().style.cursor = "pointer"; });
      this.map.on("mouseleave", layer, () => { this.map.getCanvas().style.cursor = ""; });
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.map.setStyle(this.style()));
  }

  style() {
    return style(palette(this.figure), this.areas, this.marks, this.ground);
  }

  locale() {
    const { title, near, far, north, close } = this.words;
    return { "Map.Title": title, "NavigationControl.ZoomIn": near, "NavigationControl.ZoomOut": far, "NavigationControl.ResetBearing": north, "Popup.Close": close };
  }

  /** The operator's base map, if there is one. It is read piece by piece, from here. */
  async base(lib) {
    const { basemap, tiles } = this.figure.dataset;
    if (!basemap) return null;
    try {
      await script(tiles);
      const address = new URL(basemap, location.href).href;
      const archive = new globalThis.pmtiles.PMTiles(address);
      const protocol = new globalThis.pmtiles.Protocol();
      protocol.add(archive);
      lib.addProtocol("pmtiles", protocol.tile);
      const [head, about] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
      const vector = head.tileType === 1;
      return {
        names: vector ? (about.vector_layers ?? []).map(({ id }) => id) : null,
        source: { type: vector ? "vector" : "raster", url: `pmtiles://${address}`, ...(vector ? {} : { tileSize: 256 }) },
      };
    } catch {
      // Without it areas and points are enough to find one's way.
      return null;
    }
  }

  live() {
    this.figure.classList.add("is-live");
    this.figure.dataset.state = "live";
    this.list = document.createElement("div");
    this.list.className = "live-map__list";
    this.figure.append(this.list);
    this.load();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), AFTER_MOVE);
  }

  async load() {
    this.asking?.abort();
    this.asking = new AbortController();
    const window = this.map.getBounds().toArray().flat().map((degrees) => degrees.toFixed(6)).join(",");
    const { map } = this.figure.dataset;
    try {
      this.marks = await this.ask(`${map}${map.includes("?") ? "&" : "?"}fenster=${window}`, this.asking.signal);
    } catch (error) {
      if (error.name !== "AbortError") this.figure.dataset.state = "offline";
      return;
    }
    this.map.getSource("marks")?.setData(this.marks);
    this.tell();
    this.figure.dataset.state = "shown";
  }

  /** What the window shows, as text with links: for the keyboard, for screen readers, for everybody. */
  tell() {
    const { features, total } = this.marks;
    const here = features.reduce((sum, { properties }) => sum + properties.count, 0);
    const head = document.createElement("p");
    head.className = "small";
    head.setAttribute("role", "status");
    head.textContent = here === 0 ? this.words.none
      : `${this.words.here}: ${this.words.of.replace("{n}", here).replace("{m}", total)}`;
    const cards = features.flatMap(({ properties }) => properties.cards).slice(0, MOST_LISTED);
    this.list.replaceChildren(head, ...(here <= MOST_LISTED && cards.length > 0 ? [this.links(cards)] : []));
    this.figure.dataset.here = here;
  }

  links(cards) {
    const list = document.createElement("ul");
    list.className = "live-map__links";
    for (const { id, name } of cards) {
      const link = document.createElement("a");
      link.href = `${this.figure.dataset.cards}/${id}`;
      link.textContent = name;
      if (this.figure.dataset.framed) link.target = "_blank";
      const line = document.createElement("li");
      line.append(link);
      list.append(line);
    }
    return list;
  }

  /** One card or a few: their names. Many: nearer, until they part. */
  open({ properties, geometry }) {
    const cards = JSON.parse(properties.cards);
    const nearer = this.map.getZoom() + 2;
    if (cards.length === 0 && nearer < this.map.getMaxZoom() && !properties.middle) {
      this.map.easeTo({ center: geometry.coordinates, zoom: nearer, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
      return;
    }
    const content = document.createElement("div");
    const head = document.createElement("p");
    head.textContent = this.words.several.replace("{n}", properties.count) + (properties.middle ? ` (${this.words.middle})` : "");
    content.append(...(cards.length === 1 && !properties.middle ? [] : [head]), this.links(cards));
    new this.lib.Popup({ maxWidth: "20rem" }).setLngLat(geometry.coordinates).setDOMContent(content).addTo(this.map);
  }

  async ask(address, signal) {
    const answer = await fetch(address, { signal, headers: { accept: "application/geo+json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  wear(sheet) {
    return new Promise((done, failed) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: sheet, onload: done, onerror: failed });
      document.head.append(link);
    });
  }
}

function script(address) {
  return new Promise((done, failed) => {
    const tag = document.createElement("script");
    Object.assign(tag, { src: address, onload: done, onerror: failed });
    document.head.append(tag);
  });
}

/** South-western and north-eastern corner of all areas. */
function box({ features }) {
  const points = features.flatMap(({ geometry }) => geometry.coordinates.flat(2));
  const side = (at, pick) => points.reduce((best, point) => pick(best, point[at]), points[0][at]);
  return [[side(0, Math.min), side(1, Math.min)], [side(0, Math.max), side(1, Math.max)]];
}

function drawable() {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

for (const figure of document.querySelectorAll("figure[data-map]")) {
  // A megabyte is fetched only by those who get to see the map.
  const seen = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    if (!drawable()) {
      figure.dataset.state = "drawn";
      return;
    }
    const live = new LiveMap(figure);
    try {
      await live.show();
    } catch {
      live.canvas?.remove();
      figure.classList.remove("is-live");
      figure.dataset.state = "drawn";
    }
  }, { rootMargin: "200px" });
  seen.observe(figure);
}
