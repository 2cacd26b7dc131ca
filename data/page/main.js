// Tabs, keys, address, language and theme.
const TABS = { rota: null, day: dayView, person: personView, month: monthView, limits: limitsView };

function address() {
  if (state.tab === 'person') return `#person/${encodeURIComponent(D.people[state.person].id)}`;
  if (state.tab === 'day') return `#day/${D.days[state.day].date}`;
  // The table has the id "rota": an address of that name would scroll to it.
  return state.tab === 'rota' ? '#/' : `#${state.tab}`;
}

// Goes to a view, and to a person or day in it; `focus` names what has the focus afterwards.
function go(tab, which, focus) {
  if (tab === 'person' && which !== undefined) state.person = which;
  if (tab === 'day' && which !== undefined) state.day = which;
  state.tab = tab;
  if (location.hash !== address()) history.pushState(null, '', address());
  show();
  const at = focus && el(focus);
  if (at && !at.disabled) at.focus(); else if (which !== undefined) el(`tab-${tab}`).focus({ preventScroll: true });
}

function show() {
  for (const tab of Object.keys(TABS)) {
    el(`view-${tab}`).hidden = tab !== state.tab;
    el(`tab-${tab}`).setAttribute('aria-selected', String(tab === state.tab));
    el(`tab-${tab}`).tabIndex = tab === state.tab ? 0 : -1;
  }
  if (TABS[state.tab]) TABS[state.tab]();
}

function follow() {
  const [name, which] = location.hash.slice(1).split('/').map(decodeURIComponent);
  const tab = name || 'rota';
  if (!(tab in TABS)) return;
  const person = D.people.findIndex((p) => p.id === which), day = D.days.findIndex((d) => d.date === which);
  if (tab === 'person' && person >= 0) state.person = person;
  if (tab === 'day' && day >= 0) state.day = day;
  state.tab = tab;
}

function frame() {
  document.documentElement.lang = state.lang === 'zh' ? 'zh-CN' : 'en';
  document.title = say(D.title);
  el('title').textContent = say(D.title);
  document.querySelectorAll('[data-w]').forEach((x) => { x.textContent = w(x.dataset.w); });
  el('tabs').innerHTML = Object.keys(TABS).map((t) => `<button type="button" role="tab" id="tab-${t}" aria-controls="view-${t}">${w(t)}</button>`).join('');
  el('language').textContent = w('language');
  el('print').textContent = w('print');
  el('foot').textContent = `${w('made')} ${D.version} · ${D.inputs}`;
  el('foot').dataset.sign = w('sign');
  themeWord();
  rotaFrame();
  rotaTable();
  show();
}

const THEMES = ['auto', 'light', 'dark'];
let theme = 0;
function themeWord() { el('theme').textContent = `${w('theme')}: ${w(THEMES[theme])}`; }

el('language').addEventListener('click', () => { state.lang = state.lang === 'zh' ? 'en' : 'zh'; frame(); });
el('theme').addEventListener('click', () => {
  theme = (theme + 1) % THEMES.length;
  if (theme) document.documentElement.dataset.theme = THEMES[theme]; else delete document.documentElement.dataset.theme;
  themeWord();
  show();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
el('print').addEventListener('click', () => print());
el('tabs').addEventListener('click', (e) => { const tab = e.target.closest('[role=tab]'); if (tab) go(tab.id.slice(4)); });
el('tabs').addEventListener('keydown', (e) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
  if (!step) return;
  const tabs = Object.keys(TABS);
  const to = tabs[(tabs.indexOf(state.tab) + step + tabs.length) % tabs.length];
  go(to);
  el(`tab-${to}`).focus();
});
el('main').addEventListener('click', (e) => {
  const at = e.target.closest('button[data-p],button[data-d]');
  if (!at || at.closest('#rota')) return;
  if (at.dataset.p !== undefined) go('person', Number(at.dataset.p)); else go('day', Number(at.dataset.d));
});
document.addEventListener('keydown', (e) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
  if (e.key === '/' && !typing) { e.preventDefault(); go('rota'); el('search').focus(); }
  if (e.key === 'Escape') { if (state.tab === 'rota' && state.search) { state.search = ''; el('search').value = ''; rotaTable(); } else if (state.tab !== 'rota') { go('rota'); el('tab-rota').focus(); } }
  if (typing || state.tab !== 'day' || e.target.closest('[role=tab]')) return;
  if (e.key === 'ArrowLeft' && state.day > 0) go('day', state.day - 1, 'before');
  if (e.key === 'ArrowRight' && state.day < D.days.length - 1) go('day', state.day + 1, 'after');
});
addEventListener('popstate', () => { follow(); show(); });
follow();
frame();
