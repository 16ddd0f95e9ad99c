// What is printed beside the headline and the map: all tables in full.

function fillPaper() {
  const targets = byWorst().map((target) => [
    nameOf(target), kindOf(target), target.standard == null ? '–' : duration(target.standard),
    target.worst ? t('by_time', duration(target.worst[1] - target.worst[0]), dayTime(target.worst[1])) : '–',
    target.ratio == null ? '–' : `${number(target.ratio, 2)} ×`,
    target.protected == null ? '–' : percent(target.protected), number(target.visits.length),
  ]);
  const units = model.units.map((unit) => [
    nameOf(unit), nameOf(model.tiers[unit.tier]), nameOf(model.bases[unit.base]),
    t('unit_hours', number(unit.duty_hours, 1)), `${number(unit.km, 1)} km`, number(unit.visits),
  ]);
  const short = model.shortfalls.map((s) => {
    const thing = s.target != null ? model.targets[s.target] : s.order != null ? model.orders[s.order] : model.units[s.unit];
    return [thing ? nameOf(thing) : '', shortText(s), whyText(s)];
  });
  byId('paper').replaceChildren(...[
    violationList(),
    short.length > 0 && paperTable('shortfalls', null, short),
    ...boundPaper(),
    model.orders.length > 0 && paperTable('orders', null, model.orders.map((order) => [nameOf(order), t('of', number(order.met), number(order.wanted))])),
    paperTable('figures', null, model.figures.table.map(({ key, value, unit }) => [t(`fig_${key}`), figure(value, unit)])),
    paperTable('targets', ['col_target', 'kind', 'standard', 'worst_wait', 'col_ratio', 'protected_share', 'visits'], targets),
    paperTable('units', ['col_unit', 'tiers', 'base', 'duty_hours', 'distance', 'visits'], units),
    el('p', { class: 'note' }, [model.made, t('checked'), model.map.attribution].filter(Boolean).join(' · ')),
  ].filter(Boolean));
}

function paperTable(title, heads, rows) {
  return el('section', {}, el('h2', {}, t(title)), el('table', {},
    heads && el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, t(head))))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell) => el('td', {}, cell)))))));
}
