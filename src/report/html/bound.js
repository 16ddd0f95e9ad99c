// How good any plan of these crews could be at most, and what holds that down. The plan file
// claims it; every number is rounded up.

const FEW_WORTHS = 5;
let allWorths = false;

function boundSection() {
  const { bound } = model;
  if (!bound) return null;
  return el('section', { class: 'bound' }, el('h2', {}, t('bound')), gapBar(bound),
    el('p', { class: 'note' }, boundNote(bound)),
    heldDown(bound));
}

/** The whole of the risk as one bar: protected, still possible, proven impossible. */
function gapBar(bound) {
  const { left, beyond, digits } = gapShares(bound);
  const parts = [
    ['protected', model.figures.protected, percent(model.figures.protected, digits)],
    ['left', left, atMost(left, digits)],
    ['beyond', beyond, atMost(beyond, digits)],
  ];
  const bar = el('div', { class: 'gap', role: 'img', 'aria-label': barText(bound) },
    parts.map(([key, share]) => el('span', { class: key, style: `flex-grow: ${share}` })));
  return [bar, el('dl', { class: 'facts gap-facts' }, parts.map(([key, , text]) => el('div', {},
    el('dt', {}, el('span', { class: `key block ${key}` }), t(`bound_${key}`)), el('dd', {}, text))))];
}

/** What is proven, in words. */
function boundNote(bound) {
  const key = bound.protected >= 1 ? 'bound_open' : bound.orders ? 'bound_note_orders' : 'bound_note';
  return t(key, limitText(bound), atMost(bound.gap));
}

const barText = (bound) => t('bound_bar', percent(model.figures.protected, gapShares(bound).digits), limitText(bound));

/** The share that no plan can exceed. */
function limitText(bound) {
  const { limit, digits } = gapShares(bound);
  return atMost(limit, digits);
}

/** The shares as shown: they add up to the last digit. */
function gapShares(bound) {
  const digits = bound.protected > 0.999 && bound.protected < 1 ? 2 : 1;
  const unit = 10 ** (digits + 2);
  const now = Math.round(model.figures.protected * unit) / unit;
  const limit = Math.max(now, Math.ceil(Math.min(bound.protected, 1) * unit - 1e-6) / unit);
  return { limit, left: limit - now, beyond: 1 - limit, digits };
}

function heldDown(bound) {
  const tables = [worthTable(bound), placeTable('zones', bound.zones, model.zones), placeTable('targets', bound.targets, model.targets), heldHours(bound)];
  if (!tables.some(Boolean)) return null;
  return [el('h3', {}, t('bound_down')), el('p', { class: 'note' }, t('bound_down_note')), ...tables.flat()];
}

/** The best duty of each tier, and the best of all. */
function firstWorths(duties) {
  const best = model.tiers.map((_, tier) => duties.find((duty) => model.units[duty.unit].tier === tier)).filter(Boolean);
  const others = duties.filter((duty) => !best.includes(duty)).slice(0, Math.max(0, FEW_WORTHS - best.length));
  return duties.filter((duty) => best.includes(duty) || others.includes(duty));
}

function worthTable({ duties }) {
  if (duties.length === 0) return null;
  const shown = allWorths ? duties : firstWorths(duties);
  const rows = shown.map(({ unit, shift, at_most, per_hour }) => el('tr', {},
    el('th', { scope: 'row' }, tierIcon(model.units[unit].tier), ' ',
      placeLink('unit', model.units[unit]), ` · ${nameOf(model.shifts[shift])}`),
    el('td', {}, atMost(per_hour)), el('td', {}, atMost(at_most))));
  const head = ['bound_duty', 'bound_per_hour', 'bound_per_duty'].map((key) => el('th', { scope: 'col' }, t(key)));
  const more = duties.length > shown.length && el('button', {
    type: 'button',
    class: 'more',
    onclick: () => {
      allWorths = true;
      showPanel();
    },
  }, t('shortfalls_more', duties.length));
  return [el('table', { class: 'figures worths' }, el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows)), more];
}

/** The zones or targets at which most is held back. */
function placeTable(kind, worths, things) {
  if (worths.length === 0) return null;
  const rows = worths.slice(0, FEW_WORTHS).map(({ place, at_most }) => el('tr', {},
    el('th', { scope: 'row' }, kind === 'targets' ? placeLink('target', things[place]) : nameOf(things[place])),
    el('td', {}, atMost(at_most))));
  const head = el('tr', {}, el('th', { scope: 'col' }, t(`bound_${kind}`)), el('th', { scope: 'col' }, t('bound_at_most')));
  return el('table', { class: 'figures worths' }, el('thead', {}, head), el('tbody', {}, rows));
}

const placeLink = (type, thing) => el('button', {
  type: 'button', class: 'link', onclick: () => choose({ type, index: thing.index }),
}, nameOf(thing));

/** The hours at which most is held back, as a profile of the horizon. */
function heldHours({ hours, most }) {
  const highest = hours.reduce((best, share) => Math.max(best, share), 0);
  if (highest === 0) return null;
  const chart = hourChart((g, x, top, foot, width) => {
    drawSteps(g, hours, x, (share) => foot - (share / highest) * (foot - top), foot, ink('broken-line'));
    drawLevel(g, top, width, atMost(highest));
  });
  const words = most && t('bound_most', clockHour(most.from), clockHour(most.to), percent(most.share, 0));
  return [el('h4', {}, t('bound_hours')), chart, words && el('p', { class: 'note' }, words)];
}

const clockHour = (hour) => `${two(hour)}:00`;

/** The same on paper: what a planner may want to quote, in full. */
function boundPaper() {
  const { bound } = model;
  if (!bound) return [];
  const words = [barText(bound), boundNote(bound), t('bound_down_note'),
    bound.most && t('bound_hours_most', clockHour(bound.most.from), clockHour(bound.most.to), percent(bound.most.share, 0))];
  const duties = bound.duties.map(({ unit, shift, at_most, per_hour }) => [
    nameOf(model.units[unit]), nameOf(model.shifts[shift]), nameOf(model.tiers[model.units[unit].tier]), atMost(per_hour), atMost(at_most),
  ]);
  const places = (worths, things) => worths.slice(0, 2 * FEW_WORTHS).map(({ place, at_most }) => [nameOf(things[place]), atMost(at_most)]);
  return [
    el('section', {}, el('h2', {}, t('bound')), words.filter(Boolean).map((text) => el('p', {}, text))),
    duties.length > 0 && paperTable('bound_duty', ['col_unit', 'shift', 'tiers', 'bound_per_hour', 'bound_per_duty'], duties),
    bound.zones.length > 0 && paperTable('bound_zones', ['zone', 'bound_at_most'], places(bound.zones, model.zones)),
    bound.targets.length > 0 && paperTable('bound_targets', ['col_target', 'bound_at_most'], places(bound.targets, model.targets)),
  ];
}
