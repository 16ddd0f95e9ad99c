// What the map shows: the menu of layers and tiers, the legends, and the phone's places.

function startLayers() {
  const show = () => {
    byId('layer-list').replaceChildren(...Object.keys(state.layers).filter(hasLayer).map((key) =>
      checkbox(t(`layer_${key}`), state.layers[key], (on) => change({ layers: { ...state.layers, [key]: on } }))));
    byId('tier-list').replaceChildren(...model.tiers.map((tier, index) =>
      checkbox([tierIcon(index), nameOf(tier)], !state.hiddenTiers.has(index), (on) => {
        const hidden = new Set(state.hiddenTiers);
        if (on) hidden.delete(index);
        else hidden.add(index);
        change({ hiddenTiers: hidden });
      })));
  };
  byId('routes').addEventListener('change', (event) => change({ routes: event.target.value }));
  watch(['lang'], show);
  show();
}

/** Whether there is anything of a layer at all. */
function hasLayer(key) {
  if (key === 'zones') return model.zones.length > 0;
  if (key === 'segments') return model.targets.some((target) => target.segment);
  if (key === 'paths') return model.map.roads.some((roads) => roads.rank === 1);
  return true;
}

function checkbox(label, checked, then) {
  return el('label', { class: 'check' }, el('input', { type: 'checkbox', checked, onchange: (event) => then(event.target.checked) }), ' ', label);
}

/** The legends of map and timeline: shapes and hatching besides colours. */
function showLegends() {
  const item = (mark, text) => el('li', {}, el('span', { class: `key ${mark}` }), text);
  const tiers = model.tiers.map((tier, index) => el('li', {}, tierIcon(index), nameOf(tier)));
  byId('legend').replaceChildren(
    ...tiers, item('ring kept', t('legend_kept')), item('ring part', t('legend_part')), item('ring broken', t('legend_broken')));
  const rows = state.rows === 'units'
    ? [item('block', t('legend_visit')), item('way', t('legend_drive')), item('rest', t('legend_break'))]
    : [item('band kept', t('legend_kept')), item('band part', t('legend_part')), item('band broken', t('legend_broken')), item('tick', t('legend_visit'))];
  byId('timeline-legend').replaceChildren(...rows);
}

/** On a phone one part is shown at a time; the bar at the foot chooses it. */
function startPlaces() {
  for (const button of document.querySelectorAll('[data-place]')) {
    button.addEventListener('click', () => goToPlace(button.dataset.place));
  }
  watch(['rows'], showLegends);
  goToPlace('map');
}

function goToPlace(place) {
  if (['map', 'timeline', 'roster'].includes(place)) change({ sheet: place === 'roster' ? 'roster' : 'routes' });
  document.body.dataset.view = place in TABS ? 'panel' : place;
  if (place in TABS) openTab(place);
  for (const button of document.querySelectorAll('[data-place]')) {
    button.setAttribute('aria-pressed', button.dataset.place === place);
  }
}
