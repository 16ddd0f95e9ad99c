// The lower canvas of the map: zones and roads.

/** Widths of roads by rank, pixels at close range. */
const ROAD_WIDTH = { 5: 6, 4: 5, 3: 3.6, 2: 2, 1: 1 };

/** Roads by rank, each cut into tiles so that what is out of sight is not drawn. */
function buildRoads() {
  const ranks = new Map();
  for (const { rank, walks } of model.map.roads) {
    if (!ranks.has(rank)) ranks.set(rank, new Map());
    const tiles = ranks.get(rank);
    for (const walk of walks) {
      const line = unwalk(walk).map((v) => model.vertices[v]);
      addToTile(tiles, line);
    }
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([rank, tiles]) => ({ rank, tiles: [...tiles.values()] }));
}

const TILE = 8000;

function addToTile(tiles, line) {
  const key = `${Math.floor(line[0][0] / TILE)} ${Math.floor(line[0][1] / TILE)}`;
  if (!tiles.has(key)) tiles.set(key, { path: new Path2D(), box: [Infinity, Infinity, -Infinity, -Infinity] });
  const { path, box } = tiles.get(key);
  line.forEach(([x, y], i) => {
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  });
}

function drawBase(view) {
  const { width, height, ratio } = fitCanvas(view.base);
  const g = view.base.getContext('2d');
  g.setTransform(1, 0, 0, 1, 0, 0);
  g.fillStyle = ink('land');
  g.fillRect(0, 0, view.base.width, view.base.height);
  const k = view.scale * ratio;
  g.setTransform(k, 0, 0, -k, (width / 2) * ratio - view.x * k, (height / 2) * ratio + view.y * k);
  g.lineJoin = 'round';
  g.lineCap = 'round';
  const seen = seenBox(view);
  if (state.layers.zones) drawZones(g, view);
  const close = closeness(view);
  for (const { rank, tiles } of view.roads) {
    if (rank === 1 && !(state.layers.paths || close > 0.95)) continue;
    const wide = Math.max(0.5, ROAD_WIDTH[rank] * close * (close > 0.75 && rank > 1 ? 1.15 : 1));
    g.lineWidth = wide / view.scale;
    g.strokeStyle = ink(`road-${rank}`);
    g.setLineDash(rank === 1 ? [3 / view.scale, 3 / view.scale] : []);
    strokeTiles(g, tiles, seen);
  }
  g.setLineDash([]);
  if (close > 0.75) drawSurfaces(g, view, seen, close);
}

function strokeTiles(g, tiles, seen) {
  for (const { path, box } of tiles) {
    if (overlap(box, seen)) g.stroke(path);
  }
}

/** From near, roads are light bands between two edges, the edges drawn before. */
function drawSurfaces(g, view, seen, close) {
  for (const { rank, tiles } of view.roads) {
    if (rank === 1) continue;
    const wide = ROAD_WIDTH[rank] * close * 1.15 - 1.6;
    if (wide < 0.8) continue;
    g.lineWidth = wide / view.scale;
    g.strokeStyle = ink(rank >= 4 ? 'road-main' : 'road-inside');
    strokeTiles(g, tiles, seen);
  }
}

/** How large things are drawn: from 0.3 for a whole district to 1.5 for a street. */
const closeness = (view) => Math.min(Math.max(0.45 + 0.28 * Math.log2(view.scale / 0.016), 0.3), 1.6);

function seenBox(view) {
  const w = view.width / 2 / view.scale;
  const h = view.height / 2 / view.scale;
  return [view.x - w, view.y - h, view.x + w, view.y + h];
}

const overlap = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

function drawZones(g, view) {
  for (const zone of model.zones) {
    g.beginPath();
    for (const ring of zone.rings) {
      undelta(ring).forEach(([x, y], i) => (i === 0 ? g.moveTo(x, y) : g.lineTo(x, y)));
      g.closePath();
    }
    g.fillStyle = ink('zone');
    g.fill('evenodd');
    g.strokeStyle = ink('zone-edge');
    g.lineWidth = 1.2 / view.scale;
    g.setLineDash([6 / view.scale, 4 / view.scale]);
    g.stroke();
    g.setLineDash([]);
  }
}
