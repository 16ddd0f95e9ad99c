// People and crews, joined: who sits where on which day, and what the checker says of it.

function readRoster() {
  const { roster } = model;
  if (!roster) return;
  const days = model.clock.days.length;
  const perDay = () => Array.from({ length: days }, () => []);
  roster.crews.forEach((crew, index) => Object.assign(crew, { index, tier: model.units[crew.unit].tier }));
  roster.people.forEach((person, index) => {
    person.index = index;
    person.seats = person.seats.map(([crew, from, to, night]) => ({ crew: roster.crews[crew], from, to, night: night === 1 }));
    person.days = perDay();
    for (const seat of person.seats) person.days[seat.crew.day].push(seat);
    person.leave = person.leave.map(([from, to, kind]) => ({ from, to, kind }));
    person.requests = person.requests.map(([day, shift, on, weight]) => ({ day, shift, on: on === 1, weight }));
    person.findings = [];
  });
  for (const finding of roster.findings) {
    if (finding.person != null) roster.people[finding.person].findings.push(finding);
    else if (finding.unit != null) finding.tier ??= model.units[finding.unit].tier;
  }
  roster.tiers = model.tiers.map((tier, index) => rosterTier(index)).filter((tier) => tier.people.length > 0 || tier.shifts.length > 0);
}

/** The people of a tier and the shifts that its crews work, each with its crews by day. */
function rosterTier(index) {
  const { roster } = model;
  const crews = roster.crews.filter((crew) => crew.tier === index);
  const used = [...new Set(crews.map((crew) => crew.shift))];
  used.sort((a, b) => roster.shifts[a].start - roster.shifts[b].start || a - b);
  const byDay = (shift) => model.clock.days.map((_, day) => crews.filter((crew) => crew.shift === shift && crew.day === day));
  return {
    index,
    people: roster.people.filter((person) => person.tier === index),
    shifts: used.map((shift) => ({ shift, days: byDay(shift) })),
  };
}

/** How crews are manned: people on duty, people needed, how many are lacking. */
function manning(crews) {
  const sum = (of) => crews.reduce((total, crew) => total + of(crew), 0);
  return {
    filled: sum((crew) => crew.people.length),
    needed: sum((crew) => crew.needed),
    seats: sum((crew) => (crew.needed > 0 ? crew.seats : 0)),
    lacking: sum((crew) => Math.max(0, crew.needed - crew.people.length)),
  };
}

const leaveOn = (person, day) => person.leave.find(({ from, to }) => from <= day && day < to);
const requestsOn = (person, day) => person.requests.filter((request) => request.day === day);
const findingsOn = (person, day) => person.findings.filter((finding) => finding.day === day);

/** What is wrong with a tier, a shift of it or one of its crews on a day. */
const findingsOfTier = (tier, shift, day) => model.roster.findings.filter((finding) => finding.person == null
  && finding.tier === tier && finding.day === day && (shift == null || finding.shift == null || finding.shift === shift));

/** The rule of a finding in words. */
function ruleName({ rule, zh }) {
  if (rule.startsWith('R-')) return t(`code_${rule}`);
  return state.lang === 'zh' && zh ? zh : rule.replaceAll('-', ' ');
}

/** By how much it is broken. */
function amountText({ amount }) {
  if (!amount) return '';
  const [value, unit] = amount;
  return unit === 'seconds' ? duration(value) : t(`amount_${unit}`, number(value));
}

/** What is wrong, in words: the checker's own, or by how much where these are only English or count in seconds. */
function findingText(finding) {
  const short = (state.lang === 'zh' || finding.rule === 'staffing') && finding.amount;
  if (!short) return finding.message;
  const counted = ['duties', 'times'].includes(finding.amount[1]);
  return counted ? amountText(finding) : t('roster_by', amountText(finding));
}

/** Whom or what a finding is about, and when. */
function findingPlace({ person, tier, unit, shift, day }) {
  const parts = [
    person != null && nameOf(model.roster.people[person]),
    unit != null ? nameOf(model.units[unit]) : person == null && tier != null && nameOf(model.tiers[tier]),
    shift != null && nameOf(model.shifts[shift]),
    day != null && model.clock.days[day] && date(model.clock.days[day][0]),
  ];
  return parts.filter(Boolean).join(' · ');
}

function requestText({ shift, on, weight }) {
  const what = shift < 0 ? t('roster_any_shift') : nameOf(model.shifts[shift]);
  return t(on ? 'roster_wants' : 'roster_wants_off', what, number(weight));
}
