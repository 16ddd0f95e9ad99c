// Details of what is chosen; those of the roster stand in `rosterdetail.js`.

function detail() {
  const { type, index } = state.chosen;
  switch (type) {
    case 'unit': return unitDetail(model.units[index]);
    case 'target': return targetDetail(model.targets[index]);
    case 'person': return personDetail(model.roster.people[index]);
    case 'cell': return cellDetail(index);
    default: return coverDetail(index);
  }
}

function detailHead(thing, glyphNode, sub) {
  const back = el('button', { type: 'button', class: 'back', 'aria-label': t('back'), title: t('back'), onclick: () => choose(null) }, '✕');
  return el('header', { class: 'detail-head' }, glyphNode, el('div', {}, el('h2', {}, nameOf(thing)), el('p', {}, sub)), back);
}

/** Facts as pairs; those without a value are left out. */
function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs.filter(([, value]) => value != null && value !== false)
    .map(([key, value]) => el('div', {}, el('dt', {}, t(key)), el('dd', {}, value))));
}

const timeLink = (text, at) => el('button', { type: 'button', class: 'link', onclick: () => goTo(at) }, text);

function targetDetail(target) {
  const worst = target.worst && timeLink(t('by_time', duration(target.worst[1] - target.worst[0]), dayTime(target.worst[1])), target.worst[1] - 1);
  const short = model.shortfalls.filter((s) => s.target === target.index);
  return [
    detailHead(target, icon(ICONS[target.icon] ?? ICONS.site, 'large'), kindOf(target)),
    el('p', { class: 'now', 'data-now-target': target.index }, standingText(target, state.time)),
    facts([
      ['standard', target.standard == null ? t('no_standard') : `${duration(target.standard)}${target.hard ? ` · ${t('hard')}` : ''}`],
      ['worst_wait', worst],
      ['protected_share', target.protected != null && percent(target.protected)],
      ['kept_share', target.kept != null && percent(target.kept)],
      ['mean_idleness', duration(target.idleness)],
      ['risk', number(target.risk, 2)],
    ]),
    short.map((s) => el('p', { class: 'reason' }, whyText(s))),
    el('h3', {}, t('visits'), el('span', { class: 'count' }, t('visits_count', target.visits.length))),
    target.visits.length === 0 ? el('p', { class: 'note' }, t('no_visits')) : visitList(target),
  ];
}

/** Visits by day: when, how long, who, and the gap before where it was too long. */
function visitList(target) {
  const lines = [];
  let day = '';
  for (const visit of target.visits) {
    if (date(visit.from) !== day) {
      day = date(visit.from);
      lines.push(el('li', { class: 'day' }, day));
    }
    const late = visit.gap != null && target.standard != null && visit.gap > target.standard;
    lines.push(el('li', {}, el('button', { type: 'button', class: 'stop', 'data-from': visit.from, 'data-to': visit.to, onclick: () => goTo(visit.from) },
      el('span', { class: 'when' }, `${hourMinute(visit.from)}–${hourMinute(visit.to)}`),
      tierIcon(visit.duty.unit.tier), el('span', {}, nameOf(visit.duty.unit)),
      visit.order >= 0 && el('span', { class: 'mark', title: nameOf(model.orders[visit.order]) }, t('order_mark')),
      late && el('span', { class: 'late' }, t('gap_before', duration(visit.gap))))));
  }
  return el('ol', { class: 'stops' }, lines);
}

function unitDetail(unit) {
  const follow = el('label', { class: 'follow' }, el('input', {
    type: 'checkbox', checked: state.follow, onchange: (event) => change({ follow: event.target.checked }),
  }), ' ', t('follow'));
  const duty = model.dutyAt(unit, state.time) ?? unit.duties.find((d) => d.span[0] > state.time);
  const current = duty && state.time >= duty.span[0];
  const profile = WORDS[state.lang][`profile_${unit.profile}`] ?? unit.profile;
  return [
    detailHead(unit, tierIcon(unit.tier), nameOf(model.tiers[unit.tier])),
    el('p', { class: 'now', 'data-now-unit': unit.index }, doing(unit, state.time)),
    follow,
    facts([
      ['base', nameOf(model.bases[unit.base])],
      ['profile', profile],
      ['duty_hours', t('unit_hours', number(unit.duty_hours, 1))],
      ['distance', `${number(unit.km, 1)} km`],
      ['crew_hours', t('unit_hours', number(unit.crew_hours, 1))],
      ['visits', number(unit.visits)],
    ]),
    duty && el('h3', {}, t(current ? 'route' : 'route_next'), el('span', { class: 'count' }, dutyTitle(duty))),
    duty && stopList(duty),
    el('h3', {}, t('duties')),
    dutyList(unit),
  ];
}

const dutyTitle = (duty) => `${date(duty.span[0])} · ${nameOf(model.shifts[duty.shift])}`;

function stopList(duty) {
  const words = { [START]: 'stop_start', [END]: 'stop_end', [BREAK]: 'stop_break' };
  return el('ol', { class: 'stops' }, duty.stops.map((stop) => el('li', {}, el('button', {
    type: 'button', class: 'stop', 'data-from': stop.from, 'data-to': stop.to, onclick: () => goTo(stop.from),
  },
  el('span', { class: 'when' }, `${hourMinute(stop.from)}–${hourMinute(stop.to)}`),
  stop.target ? icon(ICONS[stop.target.icon] ?? ICONS.site) : icon(ICONS.base, 'muted'),
  el('span', {}, stop.target ? nameOf(stop.target) : t(words[stop.what] ?? 'stop_break')),
  stop.order >= 0 && el('span', { class: 'mark', title: nameOf(model.orders[stop.order]) }, t('order_mark'))))));
}

function dutyList(unit) {
  return el('ol', { class: 'stops' }, unit.duties.map((duty) => el('li', {}, el('button', {
    type: 'button', class: 'stop', 'data-from': duty.span[0], 'data-to': duty.span[1], onclick: () => goTo(duty.span[0]),
  },
  el('span', { class: 'when' }, date(duty.span[0])),
  el('span', {}, `${nameOf(model.shifts[duty.shift])} ${hourMinute(duty.span[0])}–${hourMinute(duty.span[1])}`),
  el('span', { class: 'count' }, `${t('visits_count', duty.stops.filter((s) => s.target).length)} · ${number(duty.km, 1)} km`)))));
}

/** Marks the stops that hold the present time and, once per duty, keeps them in sight. */
function refreshStops() {
  for (const node of document.querySelectorAll('.stop[data-from]')) {
    const now = node.dataset.from <= state.time && state.time < node.dataset.to;
    if (now === node.classList.contains('here')) continue;
    node.classList.toggle('here', now);
    if (now) node.setAttribute('aria-current', 'time');
    else node.removeAttribute('aria-current');
  }
}
