// Details of a person, of a day of theirs, and of the crews of a shift.

const personLink = (person, go) => el('button', { type: 'button', class: 'link', onclick: go ?? (() => choose({ type: 'person', index: person.index })) }, nameOf(person));

function personSub(person) {
  return [nameOf(model.tiers[person.tier]), person.rank, t(person.sworn ? 'sworn' : 'auxiliary'),
    person.grade !== 'regular' && t(`grade_${person.grade}`)].filter(Boolean).join(' · ');
}

function personDetail(person) {
  const hoursOf = (value) => t('unit_hours', number(value, value % 1 ? 1 : 0));
  return [
    detailHead(person, tierIcon(person.tier), personSub(person)),
    facts([
      ['person_contract', t('person_week', hoursOf(person.contract))],
      ['total_hours_long', hoursOf(person.hours)],
      ['total_overtime_long', hoursOf(person.overtime)],
      ['total_nights_long', number(person.nights)],
      ['total_weekends_long', number(person.weekends)],
      ['person_hard_beats', person.hard_beats > 0 && number(person.hard_beats)],
      ['person_longest_week', hoursOf(person.longest_week)],
      ['total_run_long', t('amount_days', number(person.longest_run))],
      ['person_nights_in_a_row', number(person.nights_in_a_row)],
      ['total_rest_long', person.shortest_rest != null && hoursOf(person.shortest_rest)],
    ]),
    person.findings.map(findingReason),
    person.leave.length > 0 && [el('h3', {}, t('roster_leave')), el('ul', { class: 'plain' }, person.leave.map(leaveLine))],
    person.requests.length > 0 && [el('h3', {}, t('roster_requests')), el('ul', { class: 'plain' }, person.requests.map((request) =>
      el('li', {}, `${date(model.clock.days[request.day][0])} · ${requestText(request)}`)))],
    el('h3', {}, t('duties'), el('span', { class: 'count' }, number(person.seats.length))),
    el('ol', { class: 'stops' }, person.seats.map((seat) => seatLine(person, seat))),
  ].flat();
}

const leaveLine = ({ from, to, kind }) => el('li', {}, [
  `${date(model.clock.days[from][0])} – ${date(model.clock.days[to - 1][0])}`, kind].filter(Boolean).join(' · '));

const seatLine = (person, { crew, from, to }) => el('li', {}, el('button', {
  type: 'button', class: 'stop', onclick: () => jumpTo({ person: person.index, day: crew.day }),
}, el('span', { class: 'when' }, date(from)), el('span', {}, `${nameOf(model.shifts[crew.shift])} ${hourMinute(from)}–${hourMinute(to)}`),
el('span', { class: 'count' }, nameOf(model.units[crew.unit]))));

/** What is wrong, as a note beside what it is about. */
const findingReason = (finding) => el('p', { class: 'reason' }, el('strong', {}, ruleName(finding)), ' ',
  finding.weight == null ? el('span', { class: 'mark hard' }, t('roster_hard')) : el('span', { class: 'mark' }, t('roster_weight', number(finding.weight))),
  el('br'), [findingPlace({ ...finding, person: null, tier: null }), findingText(finding)].filter(Boolean).join(t('colon')));

function cellDetail(index) {
  const [p, day] = cellOf(index);
  const person = model.roster.people[p];
  const seats = person.days[day];
  const leave = leaveOn(person, day);
  return [
    detailHead(person, tierIcon(person.tier), date(model.clock.days[day][0])),
    seats.length === 0 && el('p', { class: 'now' }, leave ? [t('roster_leave'), leave.kind].filter(Boolean).join(t('colon')) : t('roster_off')),
    seats.map((seat) => seatDetail(person, seat)),
    leave && seats.length > 0 && el('p', { class: 'reason' }, [t('roster_leave'), leave.kind].filter(Boolean).join(t('colon'))),
    requestsOn(person, day).map((request) => el('p', { class: 'note asked' }, requestText(request))),
    findingsOn(person, day).map(findingReason),
    el('p', { class: 'note' }, personLink(person), ' · ', t('roster_person_sum', number(person.hours, 1), number(person.nights))),
  ].flat();
}

/** A duty of a person: what it is, who else is on board, and the way to its route. */
function seatDetail(person, { crew, from, to, night }) {
  const unit = model.units[crew.unit];
  const mates = crew.people.filter((mate) => mate !== person.index).map((mate) => model.roster.people[mate]);
  return [
    el('p', { class: 'now' }, `${nameOf(model.shifts[crew.shift])} · ${dayTime(from)} – ${dayTime(to)}`),
    facts([
      ['col_unit', [tierIcon(unit.tier), ' ', nameOf(unit)]],
      ['base', nameOf(model.bases[unit.base])],
      ['total_hours_long', t('unit_hours', number((to - from) / 3600, (to - from) % 3600 ? 2 : 0))],
      ['roster_night', night && t('yes')],
      ['roster_aboard', t('roster_manned', number(crew.people.length), number(crew.needed), number(crew.seats))],
    ]),
    mates.length > 0 && [el('h3', {}, t('roster_mates')), el('ul', { class: 'mates' }, mates.map((mate) =>
      el('li', {}, personLink(mate, () => jumpTo({ person: mate.index, day: crew.day })), el('small', {}, mate.rank))))],
    routeLink(crew),
  ].flat();
}

/** Shows the route of a crew on the map. */
function routeLink(crew) {
  if (crew.duty == null) return el('p', { class: 'note' }, t('roster_standby'));
  const duty = model.duties[crew.duty];
  const go = () => {
    showSheet('routes');
    choose({ type: 'unit', index: crew.unit }, duty.stops[0]?.to ?? duty.span[0]);
  };
  return el('button', { type: 'button', class: 'more route-link', onclick: go },
    `${t('roster_route')} · ${t('visits_count', duty.stops.filter((stop) => stop.target).length)} · ${number(duty.km, 1)} km →`);
}

/** The crews of a tier on a day, of one shift or of all. */
function coverDetail(index) {
  const { tier, shift, day } = coverOf(index);
  const crews = model.roster.crews.filter((crew) => crew.tier === tier && crew.day === day && (shift == null || crew.shift === shift));
  const { filled, needed, seats, lacking } = manning(crews);
  const title = { id: '', name: { plain: [nameOf(model.tiers[tier]), shift != null && nameOf(model.shifts[shift])].filter(Boolean).join(' · ') } };
  return [
    detailHead(title, tierIcon(tier), date(model.clock.days[day][0])),
    el('p', { class: lacking > 0 ? 'now over' : 'now' }, t('roster_manned', number(filled), number(needed), number(seats))),
    findingsOfTier(tier, shift, day).map(findingReason),
    crews.map((crew) => [
      el('h3', {}, nameOf(model.units[crew.unit]), shift == null && ` · ${nameOf(model.shifts[crew.shift])}`,
        el('span', { class: crew.people.length < crew.needed ? 'count over' : 'count' }, t('of', number(crew.people.length), number(crew.needed)))),
      el('ul', { class: 'mates' }, crew.people.map((one) => model.roster.people[one]).map((person) =>
        el('li', {}, personLink(person, () => jumpTo({ person: person.index, day })), el('small', {}, person.rank)))),
    ]),
  ].flat(2);
}
