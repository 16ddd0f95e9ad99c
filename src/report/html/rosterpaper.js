// The roster on paper: what is printed while the roster is shown. Sheets of A3, landscape.

function fillRosterPaper() {
  const { findings } = model.roster;
  const rows = findings.map((finding) => [ruleName(finding), findingPlace(finding), findingText(finding),
    finding.weight == null ? t('roster_hard') : number(finding.weight)]);
  const list = rows.length > 0 && paperTable('roster_findings', ['col_rule', 'col_where', 'col_what', 'col_weight'], rows);
  if (list) list.classList.add('findings');
  byId('paper').replaceChildren(...[
    el('section', { class: 'roster-sheet' },
      el('h2', {}, `${nameOf({ name: model.name, id: '' })} · ${date(0)} – ${date(model.clock.horizon - 1)}`),
      rosterLegend(), rosterTable()),
    list,
    el('p', { class: 'note' }, [t('checked_roster'), model.made].filter(Boolean).join(' · ')),
  ].filter(Boolean));
}
