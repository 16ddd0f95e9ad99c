// The roster in place of map and timeline: moves over the grid, chooses cells, keeps what is
// chosen in sight.

function startRoster() {
  readRoster();
  const tools = [byId('sheets'), byId('tab-people'), ...document.querySelectorAll('[data-place=roster], [data-place=people]')];
  if (!model.roster) {
    delete TABS.people;
    return tools.forEach((node) => node.remove());
  }
  byId('search').dataset.tLabel = 'search_people';
  byId('search').dataset.tPlaceholder = 'search_people';
  for (const sheet of ['routes', 'roster']) byId(`sheet-${sheet}`).addEventListener('click', () => showSheet(sheet));
  const scroll = byId('roster-scroll');
  scroll.addEventListener('click', (event) => {
    const { cell, cover, person, head } = event.target.closest('[data-cell], [data-cover], [data-person], [data-head]')?.dataset ?? {};
    if (cell) choose({ type: 'cell', index: Number(cell) });
    else if (cover) choose({ type: 'cover', index: Number(cover) });
    else if (person) choose({ type: 'person', index: Number(person) });
    else if (head) goTo(model.clock.days[head][0]);
  });
  scroll.addEventListener('keydown', moveInRoster);
  scroll.addEventListener('pointerover', (event) => {
    const node = event.target.closest('[data-cell], [data-cover]');
    if (node && !node.title) node.title = node.dataset.cell ? cellTitle(Number(node.dataset.cell)) : coverTitle(Number(node.dataset.cover));
  });
  let drawn = null;
  const show = () => {
    document.body.dataset.sheet = state.sheet;
    for (const sheet of ['routes', 'roster']) byId(`sheet-${sheet}`).setAttribute('aria-pressed', state.sheet === sheet);
    if (state.sheet !== 'roster' || drawn === state.lang) return;
    drawn = state.lang;
    byId('roster-bar').replaceChildren(rosterLegend());
    scroll.replaceChildren(rosterTable());
    showToday();
    showChosenCell();
  };
  watch(['sheet', 'lang'], show);
  watch(['time'], showToday);
  watch(['chosen', 'sheet'], showChosenCell);
  return show();
}

function showSheet(sheet) {
  goToPlace(sheet === 'roster' ? 'roster' : 'map');
  if (sheet === 'roster') openTab('people');
  else if (state.tab === 'people') openTab('overview');
}

/** Marks the column of the operational day that holds the present time. */
function showToday() {
  const today = lastAtMost(model.clock.days.length, (day) => model.clock.days[day][0], state.time);
  for (const node of byId('roster-scroll').querySelectorAll('[data-column], [data-head]')) {
    node.classList.toggle('today', Number(node.dataset.column ?? node.dataset.head) === today);
  }
}

function showChosenCell() {
  const scroll = byId('roster-scroll');
  for (const node of scroll.querySelectorAll('.chosen')) node.classList.remove('chosen');
  if (!state.chosen || state.sheet !== 'roster') return;
  const { type, index } = state.chosen;
  const node = scroll.querySelector(`[data-${type}="${index}"]`);
  if (!node) return;
  node.classList.add('chosen');
  node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Arrow keys move the chosen cell. */
function moveInRoster(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const order = model.roster.tiers.flatMap((tier) => tier.people);
  if (order.length === 0) return;
  const [person, day] = state.chosen?.type === 'cell' ? cellOf(state.chosen.index) : [order[0].index, 0];
  const row = order.findIndex((one) => one.index === person) + (state.chosen?.type === 'cell' ? step[0] : 0);
  const next = order[Math.min(Math.max(row, 0), order.length - 1)];
  const column = Math.min(Math.max(day + (state.chosen?.type === 'cell' ? step[1] : 0), 0), model.clock.days.length - 1);
  choose({ type: 'cell', index: cellIndex(next.index, column) });
}

/** Goes to where a finding shows. */
function jumpTo({ person, tier, shift, day }) {
  goToPlace('roster');
  if (person != null) choose(day == null ? { type: 'person', index: person } : { type: 'cell', index: cellIndex(person, day) });
  else if (tier != null && day != null) choose({ type: 'cover', index: coverIndex(tier, shift, day) });
}

function cellTitle(index) {
  const [p, day] = cellOf(index);
  const person = model.roster.people[p];
  const leave = leaveOn(person, day);
  return [
    `${nameOf(person)} · ${date(model.clock.days[day][0])}`,
    ...person.days[day].map(({ crew }) => `${nameOf(model.shifts[crew.shift])} · ${nameOf(model.units[crew.unit])}`),
    leave && `${t('legend_away')} ${leave.kind}`,
    ...requestsOn(person, day).map(requestText),
    ...findingsOn(person, day).map((finding) => `${ruleName(finding)}${t('colon')}${findingText(finding)}`),
  ].filter(Boolean).join('\n');
}

function coverTitle(index) {
  const { tier, shift, day } = coverOf(index);
  const crews = model.roster.crews.filter((crew) => crew.tier === tier && crew.shift === shift && crew.day === day);
  const { filled, needed, seats, lacking } = manning(crews);
  return [
    `${date(model.clock.days[day][0])} · ${nameOf(model.shifts[shift])}`,
    t('roster_manned', number(filled), number(needed), number(seats)),
    lacking > 0 && `${t('roster_lacking')}${t('colon')}${number(lacking)}`,
  ].filter(Boolean).join('\n');
}
