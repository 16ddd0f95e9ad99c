// Search for a target, unit or person by name (in either language), key or kind.

const MOST = 9;

function startSearch() {
  const input = byId('search');
  const list = byId('found');
  let hits = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    active = -1;
  };

  const take = (hit) => {
    if (hit.type === 'person') jumpTo({ person: hit.thing.index });
    else {
      choose({ type: hit.type, index: hit.thing.index });
      goToPlace('map');
    }
    input.value = '';
    close();
    input.blur();
  };

  const mark = (index) => {
    active = index;
    [...list.children].forEach((node, i) => node.setAttribute('aria-selected', i === index));
    if (index >= 0) input.setAttribute('aria-activedescendant', `found-${index}`);
  };

  const show = () => {
    hits = find(input.value);
    if (input.value.trim() === '') return close();
    const lines = hits.map((hit, i) => el('li', {
      role: 'option', id: `found-${i}`, onpointerdown: (event) => {
        event.preventDefault();
        take(hit);
      },
    }, hit.type !== 'target' ? tierIcon(hit.thing.tier) : icon(ICONS[hit.thing.icon] ?? ICONS.site),
    el('strong', {}, nameOf(hit.thing)), el('span', {}, hit.type !== 'target' ? nameOf(model.tiers[hit.thing.tier]) : kindOf(hit.thing))));
    list.replaceChildren(...(lines.length > 0 ? lines : [el('li', { class: 'none' }, t('nothing_found'))]));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark(hits.length > 0 ? 0 : -1);
    return undefined;
  };

  input.addEventListener('input', show);
  input.addEventListener('focus', show);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'ArrowDown' && hits.length > 0) mark((active + 1) % hits.length);
    else if (event.key === 'ArrowUp' && hits.length > 0) mark((active + hits.length - 1) % hits.length);
    else if (event.key === 'Enter' && hits[active]) take(hits[active]);
    else if (event.key === 'Escape') input.blur();
    else return;
    event.preventDefault();
  });
}

/** What matches, names that begin with the words first. */
function find(words) {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const things = [
    ...model.units.map((thing) => ({ type: 'unit', thing })),
    ...model.targets.map((thing) => ({ type: 'target', thing })),
    ...(model.roster?.people ?? []).map((thing) => ({ type: 'person', thing })),
  ];
  const score = ({ thing }) => {
    const names = [thing.name.plain, thing.name.zh ?? '', thing.id].map((name) => name.toLowerCase());
    if (names.some((name) => name.startsWith(wanted))) return 0;
    if (names.some((name) => name.includes(wanted))) return 1;
    return (thing.standard === undefined ? '' : `${thing.kind} ${kindOf(thing)}`).toLowerCase().includes(wanted) ? 2 : 3;
  };
  return things.map((hit) => ({ ...hit, score: score(hit) })).filter((hit) => hit.score < 3)
    .sort((a, b) => a.score - b.score).slice(0, MOST);
}
