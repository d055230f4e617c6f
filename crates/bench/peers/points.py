# SPDX-License-Identifier: EUPL-1.2
"""Points to polygons with geopandas: reads what the bench wrote, prints points per second.

Usage: points.py POLYGONS POINTS
Both files are little-endian: polygons are a count (u64) and then for each its corners' count (u64) and pairs of f64;
points are pairs of f64.
"""
import sys
import time

import geopandas
import numpy
import shapely


def polygons(name):
    raw = numpy.fromfile(name, dtype="<f8")
    counts = raw.view("<u8")
    at, found = 1, []
    for _ in range(int(counts[0])):
        size = int(counts[at])
        found.append(shapely.Polygon(raw[at + 1 : at + 1 + 2 * size].reshape(-1, 2)))
        at += 1 + 2 * size
    return geopandas.GeoDataFrame(geometry=found)


def main():
    areas = polygons(sys.argv[1])
    pairs = numpy.fromfile(sys.argv[2], dtype="<f8").reshape(-1, 2)
    points = geopandas.GeoDataFrame(geometry=shapely.points(pairs))
    begin = time.perf_counter()
    joined = geopandas.sjoin(points, areas, how="inner", predicate="intersects")
    print(len(pairs) / (time.perf_counter() - begin), len(joined), geopandas.__version__)


main()
