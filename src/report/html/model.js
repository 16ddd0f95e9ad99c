// The page's data, decoded: see `report::data` for the format.

/** The vertices of a walk. */
function unwalk(walk) {
  const vertices = [];
  let last = 0;
  for (let i = 0; i < walk.length; i += 2) {
    last += walk[i];
    vertices.push(last);
    const step = Math.sign(walk[i + 1]);
    for (let left = Math.abs(walk[i + 1]); left > 0; left--) {
      last += step;
      vertices.push(last);
    }
  }
  return vertices;
}

/** Flat differences to a list of [x, y]. */
function undelta(flat) {
  const points = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < flat.length; i += 2) {
    x += flat[i];
    y += flat[i + 1];
    points.push([x, y]);
  }
  return points;
}

/** Index of the last of `count` items whose `key(i)` is at most `value`; -1 when none is. */
function lastAtMost(count, key, value) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The point at `share` of the length of a polyline. */
function along(line, share) {
  if (line.length === 1) return line[0];
  let total = 0;
  for (let i = 1; i < line.length; i++) total += distance(line[i - 1], line[i]);
  let left = total * Math.min(Math.max(share, 0), 1);
  for (let i = 1; i < line.length; i++) {
    const d = distance(line[i - 1], line[i]);
    if (left <= d && d > 0) return between(line[i - 1], line[i], left / d);
    left -= d;
  }
  return line[line.length - 1];
}

const between = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

const START = -1;
const END = -2;
const BREAK = -3;

/** Decimetres from which on a target cannot be where the stop before it was. */
const AFAR = 2000;

class Model {
  constructor(page) {
    Object.assign(this, page);
    this.vertices = undelta(page.map.xy);
    this.decoded = new Map();
    for (const path of this.paths) path.seconds = path.times.reduce((sum, time) => sum + time, 0) / 1000;
    this.targets.forEach((target, index) => this.readTarget(target, index));
    this.units.forEach((unit, index) => Object.assign(unit, { index, duties: [] }));
    this.duties.forEach((duty, index) => this.readDuty(duty, index));
    for (const target of this.targets) target.visits.sort((a, b) => a.from - b.from || a.to - b.to);
    for (const unit of this.units) unit.duties.sort((a, b) => a.span[0] - b.span[0]);
    for (const target of this.targets) this.readGaps(target);
  }

  readTarget(target, index) {
    target.index = index;
    target.line = undelta(target.line);
    target.at = along(target.line, 0.5);
    target.segment = target.line.length > 1;
    target.visits = [];
    let from = 0;
    const levels = [];
    for (let i = 0; i < target.levels.length; i += 2) {
      levels.push({ from, to: from + target.levels[i], level: target.levels[i + 1] });
      from += target.levels[i];
    }
    target.levels = levels;
    let end = 0;
    const broken = [];
    for (let i = 0; i < target.broken.length; i += 2) {
      broken.push({ from: end + target.broken[i], to: end + target.broken[i] + target.broken[i + 1] });
      end = broken[broken.length - 1].to;
    }
    target.broken = broken;
  }

  readDuty(duty, index) {
    duty.index = index;
    duty.unit = this.units[duty.unit];
    duty.unit.duties.push(duty);
    const base = this.bases[duty.unit.base].at;
    let place = base;
    duty.stops = duty.stops.map(([what, from, to, path, order, reverse]) => {
      const target = what >= 0 ? this.targets[what] : null;
      const stop = { what, from, to, path, order, reverse, target, duty };
      if (path >= 0) place = this.vertices[this.pathEnd(path)];
      else if (what === END || what === START) place = base;
      else if (target && distance(place, target.at) > AFAR) place = target.at;
      stop.arrival = place;
      if (target?.segment) place = reverse ? target.line[0] : target.line[target.line.length - 1];
      stop.departure = place;
      if (target) target.visits.push(stop);
      return stop;
    });
  }

  /** The gap before each visit, from the end of the latest one before. */
  readGaps(target) {
    let last = null;
    for (const visit of target.visits) {
      visit.gap = last == null ? null : Math.max(0, visit.from - last);
      last = Math.max(last ?? visit.to, visit.to);
    }
  }

  /** Last vertex of a path, without decoding all of it. */
  pathEnd(path) {
    return this.paths[path].walk.reduce((sum, step) => sum + step, 0);
  }

  /** A path's points with the second each is reached at. */
  path(index) {
    let path = this.decoded.get(index);
    if (!path) {
      path = this.decodePath(this.paths[index]);
      this.decoded.set(index, path);
    }
    return path;
  }

  decodePath({ walk, times }) {
    const points = unwalk(walk).map((v) => this.vertices[v]);
    const at = [0];
    let done = 0;
    for (let pair = 0; pair < times.length; pair++) {
      const end = done + Math.abs(walk[2 * pair + 1]) + (pair > 0 ? 1 : 0);
      let length = 0;
      for (let i = done + 1; i <= end; i++) length += distance(points[i - 1], points[i]);
      const begin = at[done];
      let gone = 0;
      for (let i = done + 1; i <= end; i++) {
        gone += distance(points[i - 1], points[i]);
        at[i] = begin + (times[pair] / 1000) * (length > 0 ? gone / length : 1);
      }
      done = end;
    }
    return { points, at, seconds: at[at.length - 1] };
  }

  /** The duty a unit is on at `time`, if any. */
  dutyAt(unit, time) {
    const i = lastAtMost(unit.duties.length, (k) => unit.duties[k].span[0], time);
    const duty = unit.duties[i];
    return duty && time < duty.span[1] ? duty : null;
  }

  /** Where a unit is at `time` and what it does: `{ doing, place, target, until, duty, stop }`. */
  whereabouts(unit, time) {
    const duty = this.dutyAt(unit, time);
    const base = this.bases[unit.base].at;
    if (!duty || duty.stops.length === 0) return { doing: duty ? 'base' : 'off', place: base, duty };
    const { stops } = duty;
    const i = lastAtMost(stops.length, (k) => stops[k].from, time);
    if (i < 0) return { doing: 'base', place: base, duty };
    const stop = stops[i];
    if (time < stop.to || i === stops.length - 1) return this.atStop(stop, time, i);
    return this.onTheWay(stop, stops[i + 1], time, i);
  }

  atStop(stop, time, index) {
    const what = { duty: stop.duty, stop, index, target: stop.target, until: stop.to, place: stop.arrival };
    if (stop.what === START) return { ...what, doing: 'start' };
    if (stop.what === END) return { ...what, doing: 'end' };
    if (stop.what === BREAK) return { ...what, doing: 'break' };
    if (!stop.target?.segment) return { ...what, doing: 'visit' };
    const share = (time - stop.from) / Math.max(1, stop.to - stop.from);
    const place = along(stop.target.line, stop.reverse ? 1 - share : share);
    return { ...what, doing: 'patrol', place };
  }

  onTheWay(stop, next, time, index) {
    const what = { duty: stop.duty, stop, next, index, target: next.target };
    if (next.path >= 0) {
      const path = this.path(next.path);
      const gone = time - stop.to;
      if (gone < path.seconds) {
        const doing = next.what === END ? 'home' : 'drive';
        return { ...what, doing, until: Math.ceil(stop.to + path.seconds), place: this.pointAt(path, gone) };
      }
    }
    if (next.path < 0 && distance(stop.departure, next.arrival) > AFAR) {
      // A plan of another program without paths: the unit goes straight.
      const share = (time - stop.to) / Math.max(1, next.from - stop.to);
      const doing = next.what === END ? 'home' : 'drive';
      return { ...what, doing, until: next.from, place: between(stop.departure, next.arrival, share) };
    }
    return { ...what, doing: next.target ? 'wait' : 'base', until: next.from, place: next.arrival };
  }

  pointAt(path, seconds) {
    const i = lastAtMost(path.at.length, (k) => path.at[k], seconds);
    if (i >= path.points.length - 1) return path.points[path.points.length - 1];
    const span = path.at[i + 1] - path.at[i];
    return between(path.points[i], path.points[i + 1], span > 0 ? (seconds - path.at[i]) / span : 0);
  }

  /** The way a duty takes from `from` to `to`, as points. */
  track(duty, from, to) {
    const points = [];
    const { stops } = duty;
    for (let i = 0; i < stops.length; i++) {
      const stop = stops[i];
      if (i > 0 && stop.path >= 0) this.trackLeg(points, stops[i - 1].to, this.path(stop.path), from, to);
      if (stop.target?.segment && stop.from < to && stop.to > from) this.trackSegment(points, stop, from, to);
      if (stop.from > to) break;
    }
    return points;
  }

  trackLeg(points, depart, path, from, to) {
    if (depart >= to || depart + path.seconds <= from) return;
    const begin = Math.max(0, from - depart);
    const end = Math.min(path.seconds, to - depart);
    points.push(this.pointAt(path, begin));
    for (let i = 0; i < path.points.length; i++) {
      if (path.at[i] > begin && path.at[i] < end) points.push(path.points[i]);
    }
    points.push(this.pointAt(path, end));
  }

  trackSegment(points, stop, from, to) {
    const span = Math.max(1, stop.to - stop.from);
    const line = stop.reverse ? [...stop.target.line].reverse() : stop.target.line;
    const begin = Math.max(0, (from - stop.from) / span);
    const end = Math.min(1, (to - stop.from) / span);
    if (begin === 0 && end === 1) points.push(...line);
    else for (let k = 0; k <= 12; k++) points.push(along(line, begin + ((end - begin) * k) / 12));
  }

  /** Level of protection of a target at `time`. */
  levelAt(target, time) {
    const i = lastAtMost(target.levels.length, (k) => target.levels[k].from, time);
    return i < 0 ? 0 : target.levels[i].level;
  }

  /** How a target stands at `time`: `{ state, since }`, `since` in seconds. */
  standing(target, time) {
    const b = lastAtMost(target.broken.length, (k) => target.broken[k].from, time);
    const broken = target.broken[b];
    if (broken && time < broken.to) return { state: 'broken', since: time - broken.from };
    const v = lastAtMost(target.visits.length, (k) => target.visits[k].from, time);
    const visit = target.visits[v];
    if (visit && time < visit.to) return { state: 'visit', since: 0, visit };
    const state = target.standard == null ? 'none' : 'kept';
    return { state, since: visit ? time - visit.to : null, visit };
  }

  /** How many units of each tier are on duty at `time`. */
  onDuty(time) {
    return this.units.filter((unit) => this.dutyAt(unit, time)).length;
  }
}
