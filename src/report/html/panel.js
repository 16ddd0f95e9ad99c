// The panel beside the map: tabs, and in their place the details of what is chosen.

const TABS = { overview, units: unitList, targets: targetList, people: peopleTab };

function startPanel() {
  const tabs = Object.keys(TABS);
  for (const tab of tabs) byId(`tab-${tab}`).addEventListener('click', () => openTab(tab));
  byId('tabs').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.stopPropagation();
    const next = tabs[(tabs.indexOf(state.tab) + step + tabs.length) % tabs.length];
    openTab(next);
    byId(`tab-${next}`).focus();
  });
  watch(['tab', 'chosen', 'lang', 'sort'], showPanel);
  watch(['theme'], showPanel);
  let shownDuty = null;
  watch(['time', 'chosen'], () => {
    const unit = state.chosen?.type === 'unit' ? model.units[state.chosen.index] : null;
    const duty = unit && (model.dutyAt(unit, state.time) ?? null);
    if (unit && duty !== shownDuty) showPanel();
    shownDuty = duty;
    refresh();
  });
  showPanel();
}

function openTab(tab) {
  change({ tab, chosen: null });
}

/** What follows the time: at most once a frame. */
const refresh = onceAFrame(() => {
  refreshNow();
  refreshStops();
  redrawHourCharts();
});

function showPanel(changed = []) {
  const view = byId('view');
  const { scrollTop } = view;
  const content = state.chosen ? detail() : TABS[state.tab]();
  view.replaceChildren(...[content].flat(2).filter(Boolean));
  view.setAttribute('aria-labelledby', `tab-${state.tab}`);
  document.body.toggleAttribute('data-detail', state.chosen != null);
  document.body.dataset.tab = state.tab;
  for (const tab of Object.keys(TABS)) {
    const on = tab === state.tab && !state.chosen;
    byId(`tab-${tab}`).setAttribute('aria-selected', on);
    byId(`tab-${tab}`).tabIndex = tab === state.tab ? 0 : -1;
  }
  refreshNow();
  refreshStops();
  view.scrollTop = changed.includes('tab') || changed.includes('chosen') ? 0 : scrollTop;
}
