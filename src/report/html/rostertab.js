// The tab on people: what the roster comes to, what is not kept, how evenly the load is shared.

const FEW_FINDINGS = 8;
let allFindings = false;

function peopleTab() {
  return [rosterSums(), findingList(), fairShares(), el('p', { class: 'note' }, t('checked_roster'))];
}

function rosterSums() {
  const { people, crews, wishes } = model.roster;
  const sum = (of) => people.reduce((total, person) => total + of(person), 0);
  const { filled, needed, seats, lacking } = manning(crews.filter((crew) => crew.needed > 0));
  const hard = model.roster.findings.filter((finding) => finding.weight == null).length;
  return el('section', {}, el('h2', {}, t('roster')), facts([
    ['roster_working', t('of', number(people.filter((person) => person.seats.length > 0).length), number(people.length))],
    ['roster_seats', t('roster_manned', number(filled), number(needed), number(seats))],
    ['roster_lacking', lacking > 0 && el('span', { class: 'over' }, number(lacking))],
    ['total_hours_long', t('unit_hours', number(sum((person) => person.hours)))],
    ['total_overtime_long', t('unit_hours', number(sum((person) => person.overtime)))],
    ['total_nights_long', number(sum((person) => person.nights))],
    ['roster_hard_count', hard > 0 && el('span', { class: 'over' }, number(hard))],
    ['roster_wishes', number(wishes)],
  ]));
}

function findingList() {
  const { findings } = model.roster;
  const title = el('h2', {}, t('roster_findings'), findings.length > 0 && el('span', { class: 'count' }, number(findings.length)));
  if (findings.length === 0) return el('section', {}, title, el('p', { class: 'good' }, t('roster_findings_none')));
  const shown = allFindings ? findings : findings.slice(0, FEW_FINDINGS);
  const more = findings.length > shown.length && el('button', {
    type: 'button',
    class: 'more',
    onclick: () => {
      allFindings = true;
      showPanel();
    },
  }, t('shortfalls_more', number(findings.length)));
  return el('section', {}, title, findingCounts(), el('ul', { class: 'cards' }, shown.map(findingCard)), more);
}

/** How often each rule is broken, the most frequent first. */
function findingCounts() {
  const { findings } = model.roster;
  if (findings.length <= FEW_FINDINGS) return null;
  const counts = new Map();
  for (const finding of findings) counts.set(ruleName(finding), (counts.get(ruleName(finding)) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return el('ul', { class: 'causes' }, sorted.map(([name, count]) => el('li', {}, el('strong', {}, number(count)), ' ', name)));
}

function findingCard(finding) {
  const hard = finding.weight == null;
  const mark = hard ? el('span', { class: 'mark hard' }, t('roster_hard')) : el('span', { class: 'mark' }, t('roster_weight', number(finding.weight)));
  const lines = [
    el('span', { class: 'card-head' }, el('span', { class: `swatch ${hard ? 'refused' : 'wish'}` }), el('strong', {}, ruleName(finding)), mark),
    el('span', { class: 'card-what' }, findingPlace(finding)),
    el('span', { class: 'card-why', title: finding.message }, findingText(finding)),
  ];
  const placed = finding.person != null || (finding.tier != null && finding.day != null);
  return el('li', {}, placed ? el('button', { type: 'button', class: 'card', onclick: () => jumpTo(finding) }, lines) : el('div', { class: 'card' }, lines));
}

/** How evenly each tier shares its load: a dot for each person, all rosters together. */
function fairShares() {
  const loads = [
    ['hours', (person) => person.hours + person.before[0]],
    ['nights', (person) => person.nights + person.before[1]],
    ['weekends', (person) => person.weekends + person.before[2]],
    ['hard_beats', (person) => person.hard_beats + person.before[3]],
  ];
  return el('section', {}, el('h2', {}, t('roster_fair')), el('p', { class: 'note' }, t('roster_fair_note')),
    model.roster.fairness.map((shared) => {
      const people = model.roster.people.filter((person) => person.tier === shared.tier);
      const plots = loads.filter(([key]) => shared[key].most > 0).map(([key, of]) => el('div', { class: 'dots' },
        el('span', {}, t(`fair_${key === 'hours' ? 'work' : key}`)), dotPlot(people, of, shared[key]),
        el('span', { class: 'range' }, `${number(shared[key].least)}–${number(shared[key].most)}`)));
      return [el('h3', {}, tierIcon(shared.tier), nameOf(model.tiers[shared.tier])), plots];
    }).flat());
}

const DOTS = { width: 190, height: 34, r: 2.6 };

/** Dots from 0 to the most; those at the same place stand on each other. */
function dotPlot(people, of, { most, gini }) {
  const { width, height, r } = DOTS;
  const svg = svgNode('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': t('roster_gini', number(gini, 2)) });
  svg.append(svgNode('path', { d: `M0 ${height - 0.5}H${width}`, class: 'axis' }));
  const columns = new Map();
  for (const person of people) {
    const column = Math.round((of(person) / most) * (width - 2 * r) / (2 * r));
    if (!columns.has(column)) columns.set(column, []);
    columns.get(column).push(person);
  }
  const highest = Math.max(...[...columns.values()].map((column) => column.length));
  const step = Math.min(2 * r, (height - 2 * r - 2) / Math.max(1, highest - 1));
  if (step < 2 * r) svg.classList.add('dense');
  for (const [column, own] of columns) {
    own.forEach((person, i) => {
      const dot = svgNode('circle', { cx: r + column * 2 * r, cy: height - 2 - r - i * step, r });
      const title = svgNode('title', {});
      title.textContent = `${nameOf(person)}: ${number(of(person), 1)}`;
      dot.append(title);
      dot.addEventListener('click', () => choose({ type: 'person', index: person.index }));
      svg.append(dot);
    });
  }
  return svg;
}
