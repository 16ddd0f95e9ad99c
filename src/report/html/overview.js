// The overview: the share protected hour by hour, what fell short and why, how good it could be
// at most, all figures.

const FEW = 6;
let allShortfalls = false;

function overview() {
  return [hourlyChart(), violationList(), shortfallList(), boundSection(), orderTable(), figureTable(), notes()];
}

/** The week as a profile. */
function hourlyChart() {
  const { hourly } = model.figures;
  if (hourly.length === 0) return null;
  const lowest = hourly.reduce((best, share, h) => (share < hourly[best] ? h : best), 0);
  const floor = profileFloor(hourly);
  const chart = hourChart((g, x, top, foot, width) => {
    drawProfile(g, hourly, x, top, foot);
    for (const share of [1, (1 + floor) / 2]) {
      drawLevel(g, foot - ((share - floor) / (1 - floor)) * (foot - top), width, percent(share, 0));
    }
  });
  const low = el('button', { type: 'button', class: 'link', onclick: () => goTo(lowest * 3600) },
    t('hourly_low', percent(hourly[lowest]), dayTime(lowest * 3600)));
  return el('section', {}, el('h2', {}, t('hourly')), chart, el('p', { class: 'note' }, low));
}

function violationList() {
  if (model.violations.length === 0) return null;
  return el('section', { class: 'violations' }, el('h2', {}, t('violations')),
    el('ul', { class: 'plain' }, model.violations.map(({ code, text }) => el('li', {}, el('code', {}, code), ' ', text))));
}

function shortfallList() {
  const title = el('h2', {}, t('shortfalls'));
  if (model.shortfalls.length === 0) {
    return el('section', {}, title, el('p', { class: 'good' }, t('shortfalls_none')));
  }
  const shown = allShortfalls ? model.shortfalls : model.shortfalls.slice(0, FEW);
  const more = model.shortfalls.length > shown.length && el('button', {
    type: 'button',
    class: 'more',
    onclick: () => {
      allShortfalls = true;
      showPanel();
    },
  }, t('shortfalls_more', model.shortfalls.length));
  return el('section', {}, title, causes(), el('ul', { class: 'cards' }, shown.map(shortfallCard)), more);
}

/** How often each cause is at work, the most frequent first. */
function causes() {
  const counts = new Map();
  for (const { why } of model.shortfalls) counts.set(why, (counts.get(why) ?? 0) + 1);
  if (model.shortfalls.length <= FEW) return null;
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return el('ul', { class: 'causes' }, sorted.map(([why, count]) => el('li', {}, el('strong', {}, number(count)), ' ', t(`cause_${why}`))));
}

function shortfallCard(short) {
  const thing = short.target != null ? model.targets[short.target] : short.order != null ? model.orders[short.order] : model.units[short.unit];
  const go = short.target != null ? () => choose({ type: 'target', index: short.target }, short.span?.[1] - 1)
    : short.unit != null ? () => choose({ type: 'unit', index: short.unit }, short.span?.[0]) : null;
  const name = thing ? nameOf(thing) : '';
  const head = el('span', { class: 'card-head' },
    icon(ICONS[thing?.icon ?? (short.order != null ? 'order' : 'base')], 'broken'), el('strong', {}, name), short.hard && el('span', { class: 'mark' }, t('promise')));
  const lines = [head, el('span', { class: 'card-what' }, shortText(short)), el('span', { class: 'card-why' }, whyText(short))];
  return el('li', {}, go ? el('button', { type: 'button', class: 'card', onclick: go }, lines) : el('div', { class: 'card' }, lines));
}

function orderTable() {
  if (model.orders.length === 0) return null;
  const rows = model.orders.map((order) => el('tr', {},
    el('th', { scope: 'row' }, nameOf(order), order.hard && [' ', el('span', { class: 'mark' }, t('promise'))]),
    el('td', { class: order.met < order.wanted ? 'over' : null }, t('of', number(order.met), number(order.wanted)))));
  return el('section', {}, el('h2', {}, t('orders')), el('table', { class: 'figures' }, el('tbody', {}, rows)));
}

function figureTable() {
  const rows = model.figures.table.map(({ key, value, unit }) =>
    el('tr', { 'data-figure': key }, el('th', { scope: 'row' }, t(`fig_${key}`)), el('td', {}, figure(value, unit))));
  return el('section', {}, el('h2', {}, t('figures')), el('table', { class: 'figures' }, el('tbody', {}, rows)), fairnessTable(),
    el('p', { class: 'note' }, t('checked')));
}

/** How evenly the units of each tier share the work. */
function fairnessTable() {
  const { fairness } = model.figures;
  if (fairness.length === 0) return null;
  const head = ['tiers', 'fair_units', 'fair_km', 'fair_hours'].map((key) => el('th', { scope: 'col' }, t(key)));
  const rows = fairness.map((f) => el('tr', {}, el('th', { scope: 'row' }, nameOf(model.tiers[f.tier])), el('td', {}, number(f.units)),
    el('td', {}, `${number(f.least_km)}–${number(f.most_km)}`), el('td', {}, number(f.spread_hours, 1))));
  return el('table', { class: 'figures fairness' }, el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows));
}

function notes() {
  const list = model.warnings.length > 0 && el('details', {}, el('summary', {}, `${t('warnings')} (${model.warnings.length})`),
    el('ul', { class: 'plain' }, model.warnings.map((text) => el('li', {}, text))));
  const made = model.made && el('p', { class: 'note' }, `${t('made')} ${model.made}`);
  return el('section', {}, list, made);
}
