// The roster as a grid: people by days, grouped by tier, with how each shift is manned above them
// and the totals of each person at the end of the line.

/** Columns of totals: key of the words, and what stands there. */
const TOTALS = [
  ['total_hours', (person) => number(person.hours, person.hours % 1 ? 1 : 0)],
  ['total_nights', (person) => number(person.nights)],
  ['total_weekends', (person) => number(person.weekends)],
  ['total_overtime', (person) => number(person.overtime, person.overtime % 1 ? 1 : 0)],
  ['total_run', (person) => number(person.longest_run)],
  ['total_rest', (person) => (person.shortest_rest == null ? '–' : number(person.shortest_rest, person.shortest_rest % 1 ? 1 : 0))],
];

/** The whole grid as a table; cells say by `data-` what they show. */
function rosterTable() {
  const marks = shiftMarks();
  const classes = shiftClasses();
  const days = model.clock.days.map(([from], day) => ({ day, from, weekend: model.roster.weekdays[day] >= 5 }));
  const columns = el('colgroup', {}, el('col'), days.map(({ day, weekend }) => el('col', { 'data-column': day, class: weekend ? 'weekend' : null })));
  const body = model.roster.tiers.map((tier) => el('tbody', {}, tierHead(tier, days.length),
    tier.shifts.map((row) => coverRow(tier, row, days)),
    tier.people.map((person) => personRow(person, days, marks, classes))));
  // Few days are shown wider.
  const width = Math.max(23, Math.min(44, Math.round(640 / days.length)));
  return el('table', { class: 'roster-grid', style: `--day: ${width}px` }, columns, rosterHead(days), body);
}

function rosterHead(days) {
  const months = t('months').split(' ');
  const head = ({ day, from, weekend }) => {
    const at = civil(from);
    const first = day === 0 || at.getUTCDate() === 1;
    return el('th', { scope: 'col', 'data-head': day, class: weekend ? 'weekend' : null, title: date(from) },
      el('span', { class: 'month' }, first ? t('roster_month', months[at.getUTCMonth()]) : ''),
      el('span', { class: 'weekday' }, t('weekday_letters').split(' ')[at.getUTCDay()]),
      el('span', {}, at.getUTCDate()));
  };
  const totals = TOTALS.map(([key]) => el('th', { scope: 'col', class: 'total', title: t(`${key}_long`) }, t(key)));
  return el('thead', {}, el('tr', {}, el('th', { class: 'who' }), days.map(head), totals));
}

function tierHead(tier, days) {
  const count = t('roster_people', number(tier.people.length));
  return el('tr', { class: 'tier' },
    el('th', { class: 'who', scope: 'rowgroup' }, el('span', {}, tierIcon(tier.index), nameOf(model.tiers[tier.index]))),
    el('td', { colspan: days + TOTALS.length }, count));
}

/** How a shift of a tier is manned on each day: people on duty above people needed. */
function coverRow(tier, { shift, days: crews }, days) {
  const cell = ({ day }) => {
    const { filled, needed, lacking } = manning(crews[day]);
    const wrong = findingsOfTier(tier.index, shift, day).some((finding) => finding.shift === shift && finding.weight == null);
    const none = filled === 0 && needed === 0;
    return el('td', { class: lacking > 0 || wrong ? 'short' : null, 'data-cover': coverIndex(tier.index, shift, day) },
      none ? null : [el('b', {}, filled), el('small', {}, needed)]);
  };
  return el('tr', { class: 'cover' },
    el('th', { class: 'who', scope: 'row' }, nameOf(model.shifts[shift]), el('small', {}, shiftHours(model.roster.shifts[shift]))),
    days.map(cell), el('td', { colspan: TOTALS.length, class: 'total' }));
}

function personRow(person, days, marks, classes) {
  const who = el('th', { class: 'who', scope: 'row', 'data-person': person.index },
    el('span', {}, nameOf(person)), person.rank && el('small', {}, person.rank));
  return el('tr', {}, who, days.map(({ day }) => dayCell(person, day, marks, classes)),
    TOTALS.map(([, text]) => el('td', { class: 'total' }, text(person))));
}

function dayCell(person, day, marks, classes) {
  const seats = person.days[day];
  const words = [];
  if (seats.length > 0) words.push(classes[seats[0].crew.shift]);
  if (leaveOn(person, day)) words.push('away');
  const findings = findingsOn(person, day);
  if (findings.some((finding) => finding.weight == null)) words.push('refused');
  else if (findings.length > 0) words.push('wish');
  const requests = requestsOn(person, day);
  if (requests.length > 0) words.push(requests[0].on ? 'asked-on' : 'asked-off');
  const text = seats.map((seat) => marks[seat.crew.shift]).join('');
  return el('td', { class: words.join(' ') || null, 'data-cell': cellIndex(person.index, day) }, text);
}

/** One number for a person and a day, and for a tier, a shift (or all: `null`) and a day. */
const cellIndex = (person, day) => person * model.clock.days.length + day;
const cellOf = (index) => [Math.floor(index / model.clock.days.length), index % model.clock.days.length];
const coverIndex = (tier, shift, day) => (tier * (model.shifts.length + 1) + (shift ?? model.shifts.length)) * model.clock.days.length + day;

function coverOf(index) {
  const [row, day] = cellOf(index);
  const shifts = model.shifts.length + 1;
  const shift = row % shifts;
  return { tier: Math.floor(row / shifts), shift: shift === shifts - 1 ? null : shift, day };
}

/** What the colours and marks mean. */
function rosterLegend() {
  const marks = shiftMarks();
  const classes = shiftClasses();
  const used = new Set(model.roster.crews.map((crew) => crew.shift));
  const shifts = model.shifts.map((shift, index) => used.has(index) && el('li', {},
    el('span', { class: `swatch ${classes[index]}` }, marks[index]), nameOf(shift), el('small', {}, shiftHours(model.roster.shifts[index]))));
  const mark = (name) => el('li', {}, el('span', { class: `swatch ${name}` }), t(`legend_${name.replace('-', '_')}`));
  const cover = el('li', {}, el('span', { class: 'swatch cover' }, el('b', {}, 3), el('small', {}, 2)), t('legend_cover'));
  return el('ul', { class: 'legend roster-legend' }, shifts.filter(Boolean), cover, ['away', 'asked-off', 'asked-on', 'wish', 'refused'].map(mark));
}
