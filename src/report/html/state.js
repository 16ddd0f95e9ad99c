// What the user sees now: one object, changed only through `change`.

const state = {
  lang: 'en',
  theme: 'light',
  /** Seconds from the start of the horizon. */
  time: 0,
  playing: false,
  /** Seconds of the horizon in a second of the wall. */
  speed: 300,
  /** What the large part shows: routes, roster. */
  sheet: 'routes',
  /** `{ type: 'unit' | 'target' | 'person' | 'cell' | 'cover', index }` or null. */
  chosen: null,
  follow: false,
  /** Tab of the panel: overview, units, targets, people. */
  tab: 'overview',
  /** Rows of the timeline: units, targets. */
  rows: 'units',
  /** Span of the timeline, seconds. */
  from: 0,
  to: 86400,
  sort: 'worst',
  routes: 'trail',
  layers: { sites: true, segments: true, zones: true, bases: true, units: true, names: true, paths: false },
  /** Tiers and units that are hidden, by index. */
  hiddenTiers: new Set(),
  hiddenUnits: new Set(),
};

const watchers = [];

/** Calls `then` with the changed keys after every change of one of `keys`. */
function watch(keys, then) {
  watchers.push({ keys, then });
}

/** Changes the state and tells those who watch. */
function change(patch) {
  const changed = Object.keys(patch).filter((key) => state[key] !== patch[key]);
  if (changed.length === 0) return;
  Object.assign(state, patch);
  for (const { keys, then } of watchers) {
    if (keys.some((key) => changed.includes(key))) then(changed);
  }
}

/** Moves the time, within the horizon. */
function goTo(time) {
  change({ time: Math.min(Math.max(time, 0), model.clock.horizon) });
}

/** Chooses a unit or target (or nothing) and shows its details. */
function choose(chosen, time) {
  if (time != null) goTo(time);
  const same = chosen && state.chosen && chosen.type === state.chosen.type && chosen.index === state.chosen.index;
  if (same) return;
  change({ chosen, follow: false });
}

const unitShown = (u) => !state.hiddenUnits.has(u.index) && !state.hiddenTiers.has(u.tier);
