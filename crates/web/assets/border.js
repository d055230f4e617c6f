// SPDX-License-Identifier: EUPL-1.2
// Moving corners of a border in the picture. The list of corners in the form is what counts: it is read, written and
// sent; without this file it is all there is.
//
//   <figure data-border="ID OF THE LIST" data-west data-north data-wide data-tall data-corner="Ecke {n}: {p}" data-middle="…"> <svg> … .border-own

const METRE = 1 / 111_320;
const SVG = "http://www.w3.org/2000/svg";

class Border {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg");
    this.own = figure.querySelector(".border-own");
    this.list = document.getElementById(figure.dataset.border);
    const { west, north, wide, tall } = figure.dataset;
    Object.assign(this, { west: +west, north: +north, wide: +wide, tall: +tall });
    this.handles = document.createElementNS(SVG, "g");
    this.svg.append(this.handles);
    this.at = 0;
    this.read();
    this.draw();
    this.list.addEventListener("input", () => { this.read(); this.draw(); });
  }

  /** Rings of corners; a line that is no corner stays as it is, so that nothing that was typed gets lost. */
  read() {
    this.rings = this.list.value.split(/\n\s*\n/).filter((block) => block.trim()).map((block) => {
      const lines = block.trim().split("\n");
      const hole = /^loch$/i.test(lines[0].trim());
      return { hole, corners: (hole ? lines.slice(1) : lines).map(corner).filter(Boolean) };
    });
    this.whole = this.list.value.split("\n").every((line) => !line.trim() || /^loch$/i.test(line.trim()) || corner(line));
  }

  write() {
    const degrees = (number) => number.toFixed(8).replace(".", ",");
    this.list.value = this.rings.map(({ hole, corners }) =>
      [...(hole ? ["Loch"] : []), ...corners.map(([lat, lon]) => `${degrees(lat)} / ${degrees(lon)}`)].join("\n")).join("\n\n");
  }

  place([lat, lon]) {
    return [(lon - this.west) * this.wide, (this.north - lat) * this.tall];
  }

  degrees(x, y) {
    return [this.north - y / this.tall, this.west + x / this.wide];
  }

  draw(focus = false) {
    this.own.setAttribute("d", this.rings.map(({ corners }) => `M${corners.map((one) => this.place(one).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join(""));
    const all = [];
    this.handles.replaceChildren();
    // A list with a mistake in it is not moved about: first it has to be put right.
    if (!this.whole) return;
    for (const ring of this.rings) {
      ring.corners.forEach((one, index) => {
        const next = ring.corners[(index + 1) % ring.corners.length];
        this.handles.append(this.middle(ring, index, [(one[0] + next[0]) / 2, (one[1] + next[1]) / 2]));
        all.push({ ring, index, one });
      });
    }
    this.at = Math.min(this.at, all.length - 1);
    all.forEach((entry, number) => this.handles.append(this.handle(entry, number, all.length)));
    if (focus) this.handles.querySelector("[tabindex='0']")?.focus();
  }

  circle(point, radius, name) {
    const [x, y] = this.place(point);
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
    dot.setAttribute("r", radius);
    dot.setAttribute("class", name);
    return dot;
  }

  handle({ ring, index, one }, number, count) {
    const dot = this.circle(one, 8, "border-corner");
    const [lat, lon] = one.map((degree) => degree.toFixed(5).replace(".", ","));
    dot.setAttribute("role", "button");
    dot.setAttribute("tabindex", number === this.at ? "0" : "-1");
    dot.setAttribute("aria-label", this.figure.dataset.corner.replace("{n}", number + 1).replace("{m}", count).replace("{p}", `${lat} / ${lon}`));
    dot.addEventListener("focus", () => { this.at = number; });
    dot.addEventListener("keydown", (event) => this.key(event, ring, index, number, count));
    this.drag(dot, ring, index, number);
    return dot;
  }

  /** A dot in the middle of a side: drawn out, it becomes a corner. */
  middle(ring, index, point) {
    const dot = this.circle(point, 5, "border-middle");
    const title = document.createElementNS(SVG, "title");
    title.textContent = this.figure.dataset.middle;
    dot.append(title);
    dot.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      ring.corners.splice(index + 1, 0, point);
      this.follow(event, ring, index + 1);
    });
    return dot;
  }

  drag(dot, ring, index, number) {
    dot.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.at = number;
      this.follow(event, ring, index);
    });
  }

  follow(start, ring, index) {
    const move = (event) => {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
      ring.corners[index] = this.degrees(place.x, place.y);
      this.draw();
    };
    const stop = () => {
      removeEventListener("pointermove", move);
      this.write();
      this.draw(true);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", stop, { once: true });
    if (start.detail === 2 && ring.corners.length > 3) {
      ring.corners.splice(index, 1);
      this.draw();
    }
  }

  key(event, ring, index, number, count) {
    const step = (event.shiftKey ? 20 : 2) * METRE;
    const [lat, lon] = ring.corners[index];
    const flat = Math.cos((lat * Math.PI) / 180);
    const moves = { ArrowUp: [step, 0], ArrowDown: [-step, 0], ArrowLeft: [0, -step / flat], ArrowRight: [0, step / flat] };
    if (moves[event.key]) ring.corners[index] = [lat + moves[event.key][0], lon + moves[event.key][1]];
    else if (event.key === "PageDown") this.at = (number + 1) % count;
    else if (event.key === "PageUp") this.at = (number + count - 1) % count;
    else if (event.key === "Delete" && ring.corners.length > 3) ring.corners.splice(index, 1);
    else if (event.key === "Insert") {
      const next = ring.corners[(index + 1) % ring.corners.length];
      ring.corners.splice(index + 1, 0, [(lat + next[0]) / 2, (lon + next[1]) / 2]);
      this.at = number + 1;
    } else return;
    event.preventDefault();
    this.write();
    this.draw(true);
  }
}

/** Latitude and longitude, as the server reads them. */
function corner(line) {
  const parts = line.includes("/") ? line.split("/") : line.includes(";") ? line.split(";")
    : line.includes(".") && line.split(",").length === 2 ? line.split(",") : line.trim().split(/\s+/);
  const numbers = parts.map((part) => Number(part.trim().replace(/°$/, "").replace(",", ".") || NaN));
  return numbers.length === 2 && numbers.every(Number.isFinite) ? numbers : null;
}

for (const figure of document.querySelectorAll("figure[data-border]")) new Border(figure);
