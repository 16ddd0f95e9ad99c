// The upper canvas of the map: routes, segments, targets, bases, units and names.

const TRAIL = 1800;

function drawTop(view) {
  const { ratio } = fitCanvas(view.top);
  const g = view.top.getContext('2d');
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, view.width, view.height);
  g.lineJoin = 'round';
  g.lineCap = 'round';
  const names = new Names(g, view);
  if (state.layers.segments) drawSegments(g, view);
  drawRoutes(g, view);
  if (state.layers.bases) drawBases(g, view, names);
  if (state.layers.sites) drawSites(g, view, names);
  if (state.layers.units) drawUnits(g, view, names);
  if (state.layers.zones && state.layers.names) nameZones(view, names);
  if (state.layers.names) names.draw();
}

function strokeLine(g, view, points) {
  g.beginPath();
  points.forEach((point, i) => {
    const [x, y] = view.toScreen(point);
    if (i === 0) g.moveTo(x, y);
    else g.lineTo(x, y);
  });
  g.stroke();
}

const isChosen = (type, index) => state.chosen?.type === type && state.chosen.index === index;

/** Ink of a target as it stands: its state is also told by the shape drawn. */
function standingInk(target, standing) {
  if (standing.state === 'broken') return ink('broken');
  if (standing.state === 'none') return ink('muted');
  return model.levelAt(target, state.time) >= 100 || standing.state === 'visit' ? ink('kept') : ink('part');
}

function drawSegments(g, view) {
  for (const target of model.targets) {
    if (!target.segment) continue;
    const standing = model.standing(target, state.time);
    const wide = Math.max(3, 6 * closeness(view));
    if (isChosen('target', target.index)) {
      g.strokeStyle = ink('halo');
      g.lineWidth = wide + 10;
      strokeLine(g, view, target.line);
    }
    g.strokeStyle = ink('land');
    g.lineWidth = wide + 2.5;
    strokeLine(g, view, target.line);
    g.strokeStyle = standingInk(target, standing);
    g.lineWidth = wide;
    g.globalAlpha = 0.85;
    if (standing.state === 'broken') g.setLineDash([wide * 1.6, wide * 1.4]);
    strokeLine(g, view, target.line);
    g.setLineDash([]);
    g.globalAlpha = 1;
  }
}

function drawRoutes(g, view) {
  const chosen = state.chosen?.type === 'unit' ? model.units[state.chosen.index] : null;
  for (const unit of model.units) {
    if (unit === chosen || !unitShown(unit)) continue;
    g.globalAlpha = chosen ? 0.25 : 1;
    const duty = model.dutyAt(unit, state.time);
    if (!duty) continue;
    if (state.routes === 'duty') drawDuty(g, view, unit, duty, 1.6, 0.55);
    if (state.routes !== 'none') drawTrail(g, view, unit, duty, 3);
  }
  g.globalAlpha = 1;
  if (chosen) drawChosenRoute(g, view, chosen);
}

function drawDuty(g, view, unit, duty, wide, alpha) {
  duty.line ??= model.track(duty, duty.span[0], duty.span[1]);
  const before = g.globalAlpha;
  g.globalAlpha = before * alpha;
  g.strokeStyle = tierInk(unit.tier);
  g.lineWidth = wide;
  strokeLine(g, view, duty.line);
  g.globalAlpha = before;
}

/** The way of the last half hour, fading with age. */
function drawTrail(g, view, unit, duty, wide) {
  const before = g.globalAlpha;
  const pieces = 4;
  g.strokeStyle = tierInk(unit.tier);
  for (let i = 0; i < pieces; i++) {
    const from = state.time - TRAIL + (TRAIL * i) / pieces;
    const points = model.track(duty, from, from + TRAIL / pieces);
    if (points.length < 2) continue;
    g.globalAlpha = before * (0.2 + (0.6 * (i + 1)) / pieces);
    g.lineWidth = wide * (0.55 + (0.45 * (i + 1)) / pieces);
    strokeLine(g, view, points);
  }
  g.globalAlpha = before;
}

/** The whole duty of the chosen unit, its last half hour and, dashed, the way ahead. */
function drawChosenRoute(g, view, unit) {
  const duty = model.dutyAt(unit, state.time);
  if (!duty) return;
  drawDuty(g, view, unit, duty, 2.5, 0.4);
  drawTrail(g, view, unit, duty, 4.5);
  const now = model.whereabouts(unit, state.time);
  const next = now.next ?? duty.stops[now.index + 1];
  if (!next) return;
  const ahead = model.track(duty, state.time, next.from);
  if (ahead.length < 2) return;
  g.strokeStyle = ink('land');
  g.lineWidth = 6;
  strokeLine(g, view, ahead);
  g.strokeStyle = tierInk(unit.tier);
  g.lineWidth = 3.5;
  g.setLineDash([2, 7]);
  strokeLine(g, view, ahead);
  g.setLineDash([]);
}

const glyphs = new Map();
function glyph(name) {
  if (!glyphs.has(name)) glyphs.set(name, new Path2D(ICONS[name] ?? ICONS.site));
  return glyphs.get(name);
}

function drawGlyph(g, name, x, y, size, colour) {
  g.save();
  g.translate(x - size / 2, y - size / 2);
  g.scale(size / 16, size / 16);
  g.fillStyle = colour;
  g.fill(glyph(name), 'evenodd');
  g.restore();
}

function drawBases(g, view, names) {
  for (const base of model.bases) {
    const [x, y] = view.toScreen(base.at);
    const r = 10 * Math.min(1.1, 0.55 + closeness(view) / 2);
    g.fillStyle = ink('base');
    g.beginPath();
    g.roundRect(x - r, y - r, 2 * r, 2 * r, 5);
    g.fill();
    g.strokeStyle = ink('land');
    g.lineWidth = 1.5;
    g.stroke();
    drawGlyph(g, 'base', x, y, r * 1.4, ink('land'));
    names.add(nameOf(base), x, y, r + 3, 2, ink('ink'));
  }
}

/** Sites: kept ones hollow, overdue ones filled and larger; without room a dot. */
function drawSites(g, view, names) {
  const close = closeness(view);
  const order = model.targets.filter((target) => !target.segment || isChosen('target', target.index));
  const drawn = order.map((target) => ({ target, standing: model.standing(target, state.time) }));
  drawn.sort((a, b) => (a.standing.state === 'broken') - (b.standing.state === 'broken'));
  for (const { target, standing } of drawn) {
    const [x, y] = view.toScreen(target.at);
    if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
    const broken = standing.state === 'broken';
    const chosen = isChosen('target', target.index);
    const r = (broken ? 8.5 : 7.5) * Math.min(1.25, 0.45 + close * 0.6) + (chosen ? 3 : 0);
    if (!target.segment) drawSite(g, target, standing, x, y, r, chosen);
    const weight = chosen ? 4 : broken ? 1.5 : close > 0.95 ? 1 : 0;
    if (weight > 0) names.add(nameOf(target), x, y, r + 3, weight, broken ? ink('broken-ink') : ink('ink'));
  }
}

function drawSite(g, target, standing, x, y, r, chosen) {
  const broken = standing.state === 'broken';
  const colour = standingInk(target, standing);
  if (chosen) {
    g.fillStyle = ink('halo');
    g.beginPath();
    g.arc(x, y, r + 7, 0, 2 * Math.PI);
    g.fill();
  }
  g.beginPath();
  g.arc(x, y, r, 0, 2 * Math.PI);
  g.fillStyle = broken ? colour : ink('surface');
  g.fill();
  g.lineWidth = broken ? 1.5 : standing.state === 'visit' ? 3 : 1.8;
  g.strokeStyle = broken ? ink('land') : colour;
  g.stroke();
  if (r >= 6) drawGlyph(g, target.icon, x, y, r * 1.15, broken ? ink('land') : colour);
}

function drawUnits(g, view, names) {
  for (const unit of model.units) {
    if (!unitShown(unit)) continue;
    const now = model.whereabouts(unit, state.time);
    if (now.doing === 'off') continue;
    const [x, y] = view.toScreen(now.place);
    const chosen = isChosen('unit', unit.index);
    const r = chosen ? 11 : 8.5;
    if (chosen) {
      g.fillStyle = ink('halo');
      tierShape(g, unit.tier, x, y, r + 7);
      g.fill();
    }
    tierShape(g, unit.tier, x, y, r);
    g.fillStyle = tierInk(unit.tier);
    g.fill();
    g.strokeStyle = ink('surface');
    g.lineWidth = 2;
    g.stroke();
    g.fillStyle = ink('on-colour');
    g.font = `700 ${chosen ? 10 : 9}px ${FONT}`;
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    g.fillText(unitMark(unit), x, y + 0.5);
    names.block(x, y, r);
    if (chosen) names.add(nameOf(unit), x, y, r + 3, 5, ink('ink'));
  }
  g.textAlign = 'left';
}

/** Up to two signs for a unit's badge: the number in its key, else its place in the tier. */
function unitMark(unit) {
  const digits = unit.id.match(/\d+/g)?.pop();
  if (digits) return String(Number(digits)).slice(-2);
  return String(model.units.filter((u) => u.tier === unit.tier && u.index <= unit.index).length);
}

function nameZones(view, names) {
  for (const zone of model.zones) {
    const ring = undelta(zone.rings[0] ?? []);
    if (ring.length === 0) continue;
    const top = ring.reduce((a, b) => (b[1] > a[1] ? b : a));
    const [x, y] = view.toScreen(top);
    names.add(nameOf(zone), x, y, 4, 0.5, ink('zone-ink'));
  }
}

/** Names beside things, the weightiest first, none over another. */
class Names {
  constructor(g, view) {
    this.g = g;
    this.view = view;
    this.wanted = [];
    this.taken = [...view.covered];
  }

  add(text, x, y, away, weight, colour) {
    this.wanted.push({ text, x, y, away, weight, colour });
    this.block(x, y, Math.min(away, 8));
  }

  /** Keeps names off a round thing. */
  block(x, y, r) {
    this.taken.push([x - r, y - r, x + r, y + r]);
  }

  draw() {
    const { g } = this;
    g.font = `500 11.5px ${FONT}`;
    g.textBaseline = 'middle';
    g.textAlign = 'left';
    g.lineWidth = 3.5;
    this.wanted.sort((a, b) => b.weight - a.weight);
    for (const want of this.wanted) this.place(want);
  }

  place({ text, x, y, away, weight, colour }) {
    const { g } = this;
    const short = text.length > 30 ? `${text.slice(0, 29)}…` : text;
    const wide = g.measureText(short).width;
    const spots = [[x + away, y], [x - away - wide, y], [x - wide / 2, y + away + 7], [x - wide / 2, y - away - 7]];
    for (const [left, middle] of spots) {
      const box = [left - 1, middle - 7, left + wide + 1, middle + 7];
      const inside = box[0] > 2 && box[2] < this.view.width - 2 && box[1] > 2 && box[3] < this.view.height - 2;
      const own = (taken) => Math.abs((taken[0] + taken[2]) / 2 - x) < 1 && Math.abs((taken[1] + taken[3]) / 2 - y) < 1;
      const free = this.taken.every((taken) => own(taken) || !overlap(taken, box));
      if ((!free || !inside) && weight < 4) continue;
      g.strokeStyle = ink('name-halo');
      g.strokeText(short, left, middle);
      g.fillStyle = colour;
      g.fillText(short, left, middle);
      this.taken.push(box);
      return;
    }
  }
}

/** What lies under a point of the map: units before targets before bases. */
function hitMap(view, x, y) {
  const reach = matchMedia('(pointer: coarse)').matches ? 22 : 13;
  let best = null;
  const offer = (type, index, point, favour) => {
    const [px, py] = view.toScreen(point);
    const d = Math.hypot(px - x, py - y) - favour;
    if (d < reach && (!best || d < best.d)) best = { type, index, d };
  };
  if (state.layers.units) {
    for (const unit of model.units) {
      if (!unitShown(unit)) continue;
      const now = model.whereabouts(unit, state.time);
      if (now.doing !== 'off') offer('unit', unit.index, now.place, 4);
    }
  }
  for (const target of model.targets) {
    if (!target.segment && state.layers.sites) offer('target', target.index, target.at, 0);
  }
  if (best) return best;
  if (state.layers.segments) {
    for (const target of model.targets) {
      if (target.segment && nearLine(view, target.line, x, y) < reach * 0.7) return { type: 'target', index: target.index };
    }
  }
  if (state.layers.bases) model.bases.forEach((base, index) => offer('base', index, base.at, 0));
  return best;
}

/** Distance in pixels from (x, y) to a line. */
function nearLine(view, line, x, y) {
  let best = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = view.toScreen(line[i - 1]);
    const [bx, by] = view.toScreen(line[i]);
    const square = (bx - ax) ** 2 + (by - ay) ** 2;
    const share = square > 0 ? Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square, 0), 1) : 0;
    best = Math.min(best, Math.hypot(ax + (bx - ax) * share - x, ay + (by - ay) * share - y));
  }
  return best;
}
