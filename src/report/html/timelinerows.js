// What the timeline's canvas shows: ruler, rows, cursor.

/** Steps of the ruler, seconds: the finest that leaves room is taken. */
const STEPS = [300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/** Instants at which the wall clock shows whole steps, `[time, is midnight]`. */
function rulerMarks(view) {
  const perPixel = (state.to - state.from) / (view.width - view.label);
  const step = STEPS.find((s) => s / perPixel >= 52) ?? 86400;
  const marks = [];
  let at = state.from - secondsOfDay(state.from) % step;
  for (; at <= state.to; at += step) {
    const drift = secondsOfDay(at) % step;
    const mark = drift === 0 ? at : drift > step / 2 ? at + step - drift : at - drift;
    marks.push([mark, secondsOfDay(mark) === 0]);
  }
  return marks;
}

const secondsOfDay = (at) => {
  const c = civil(at);
  return c.getUTCHours() * 3600 + c.getUTCMinutes() * 60 + c.getUTCSeconds();
};

function drawHours(g, view, height) {
  for (const [at, midnight] of rulerMarks(view)) {
    const x = Math.round(view.x(at));
    if (x < view.label) continue;
    g.fillStyle = ink(midnight ? 'line-strong' : 'line');
    g.fillRect(x, RULER - 6, 1, height);
  }
}

function drawRuler(g, view) {
  g.fillStyle = ink('surface');
  g.fillRect(0, 0, view.width, RULER - 6);
  g.textBaseline = 'alphabetic';
  let free = -Infinity;
  let dayFree = -Infinity;
  for (const [at, midnight] of rulerMarks(view)) {
    const x = view.x(at);
    g.font = `11px ${FONT}`;
    if (x >= view.label && x > free && x < view.width - 20) {
      g.fillStyle = ink('muted');
      g.fillText(hourMinute(at), x + 3, RULER - 9);
      free = x + 36;
    }
    if (midnight && x >= view.label && x > dayFree) dayFree = drawDay(g, view, at, x);
  }
  const first = rulerMarks(view).find(([at, midnight]) => midnight && view.x(at) >= view.label);
  g.font = `600 11px ${FONT}`;
  const room = (first ? view.x(first[0]) : view.width) - view.label;
  if (room > g.measureText(date(state.from)).width + 10) drawDay(g, view, state.from, view.label);
  g.fillStyle = ink('line-strong');
  g.fillRect(0, RULER - 6, view.width, 1);
}

function drawDay(g, view, at, x) {
  g.font = `600 11px ${FONT}`;
  const wide = g.measureText(date(at)).width;
  g.fillStyle = ink('ink');
  if (x + 3 + wide < view.width) g.fillText(date(at), x + 3, 11);
  return x + wide + 12;
}

function drawCursor(g, view, height) {
  const x = view.x(state.time);
  if (x < view.label) return;
  g.fillStyle = ink('accent');
  g.fillRect(Math.round(x) - 0.5, RULER - 8, 1.5, height);
  const left = Math.min(Math.max(x - 21, view.label), view.width - 42);
  g.beginPath();
  g.roundRect(left, RULER - 21, 42, 15, 4);
  g.fill();
  g.font = `600 11px ${FONT}`;
  g.fillStyle = ink('surface');
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillText(hourMinute(state.time), left + 21, RULER - 13);
  g.textAlign = 'left';
}

function drawRow(g, view, row, y) {
  const { thing, type } = row;
  const hidden = type === 'unit' && !unitShown(thing);
  if (isChosen(type, thing.index)) {
    g.fillStyle = ink('chosen');
    g.fillRect(0, y, view.width, ROW);
  }
  g.save();
  g.beginPath();
  g.rect(view.label, y, view.width - view.label, ROW);
  g.clip();
  g.globalAlpha = hidden ? 0.3 : 1;
  if (type === 'unit') drawUnitRow(g, view, thing, y);
  else drawTargetRow(g, view, thing, y);
  g.restore();
  drawRowLabel(g, view, row, y, hidden);
  g.fillStyle = ink('line');
  g.fillRect(0, y + ROW - 1, view.width, 1);
}

function drawRowLabel(g, view, { thing, type }, y, hidden) {
  const middle = y + ROW / 2;
  g.globalAlpha = hidden ? 0.4 : 1;
  if (type === 'unit') {
    tierShape(g, thing.tier, 14, middle, 5);
    g.fillStyle = tierInk(thing.tier);
    g.fill();
  } else {
    const standing = model.standing(thing, state.time);
    drawGlyph(g, thing.icon, 14, middle, 12, standing.state === 'broken' ? ink('broken') : ink('muted'));
  }
  g.font = `12px ${FONT}`;
  g.textBaseline = 'middle';
  g.fillStyle = ink('ink');
  g.fillText(fitText(g, nameOf(thing), view.label - 34), 27, middle + 0.5);
  g.globalAlpha = 1;
}

/** A text cut so that it fits. */
function fitText(g, text, room) {
  if (g.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && g.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return `${text.slice(0, length)}…`;
}

const inSight = (from, to) => from < state.to && to > state.from;

/** A unit's duties: a band for the duty, a line on the way, blocks for visits and breaks. */
function drawUnitRow(g, view, unit, y) {
  const colour = tierInk(unit.tier);
  for (const duty of unit.duties) {
    if (!inSight(...duty.span)) continue;
    const x = view.x(duty.span[0]);
    g.globalAlpha *= 0.13;
    g.fillStyle = colour;
    g.fillRect(x, y + 3, view.x(duty.span[1]) - x, ROW - 7);
    g.globalAlpha /= 0.13;
    duty.stops.forEach((stop, i) => drawStop(g, view, stop, duty.stops[i - 1], y, colour));
  }
}

function drawStop(g, view, stop, before, y, colour) {
  if (before && stop.path >= 0 && inSight(before.to, stop.from)) {
    const x = view.x(before.to);
    const arrival = Math.min(stop.from, before.to + model.paths[stop.path].seconds);
    g.fillStyle = colour;
    g.fillRect(x, y + ROW / 2 - 1.5, view.x(arrival) - x, 2);
  }
  if (!inSight(stop.from, stop.to)) return;
  const x = view.x(stop.from);
  const wide = Math.max(1, view.x(stop.to) - x - (view.x(stop.to) - x > 4 ? 1 : 0));
  if (stop.what === BREAK) {
    g.fillStyle = hatch(g, 'muted', 'surface');
    g.fillRect(x, y + 4, wide, ROW - 9);
  } else if (stop.target) {
    g.fillStyle = colour;
    g.fillRect(x, y + 4, wide, ROW - 9);
    if (wide > 34) drawStopName(g, nameOf(stop.target), x, y, wide);
  }
}

function drawStopName(g, name, x, y, wide) {
  g.font = `10.5px ${FONT}`;
  g.textBaseline = 'middle';
  g.fillStyle = ink('on-colour');
  g.fillText(fitText(g, name, wide - 8), x + 4, y + ROW / 2 - 0.5);
}

/** A target: a soft band while protected, hatched full blocks beyond the standard, ticks for visits. */
function drawTargetRow(g, view, target, y) {
  for (const { from, to, level } of target.levels) {
    if (!inSight(from, to) || level === 0) continue;
    const x = Math.round(view.x(from));
    g.fillStyle = ink(level >= 100 ? 'kept-soft' : 'part-soft');
    g.fillRect(x, y + 7, Math.max(0.5, Math.round(view.x(to)) - x), ROW - 15);
  }
  for (const { from, to } of target.broken) {
    if (!inSight(from, to)) continue;
    const x = view.x(from);
    g.fillStyle = hatch(g, 'broken-line', 'broken');
    g.fillRect(x, y + 3, Math.max(1.5, view.x(to) - x), ROW - 7);
  }
  // From afar visits are short ticks at the foot, so that they do not hide what matters.
  const far = state.to - state.from > 2 * 86400;
  for (const visit of target.visits) {
    if (!inSight(visit.from, visit.to)) continue;
    const x = view.x(visit.from);
    g.fillStyle = tierInk(visit.duty.unit.tier);
    g.fillRect(x, y + (far ? 17 : 5), Math.max(1.5, view.x(visit.to) - x), far ? 4 : ROW - 11);
  }
}
