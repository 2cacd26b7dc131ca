// What limits this rota: how far it can be from the best, what each rule costs and where, the worst shortages.
function limitsView() {
  const s = D.summary, all = Math.max(1, s.objective);
  const fact = (value, text) => `<li><b>${value}</b>${text}</li>`;
  const gap = s.bound === null ? '' : s.gap === 0 ? fact(w('proven'), w('gap')) : fact(`${(s.gap * 100).toFixed(2)} %`, w('gap')) + fact(s.bound, w('bound'));
  const near = D.hours.filter((h) => h.cap !== null && h.left < 480).length;
  const rules = D.rules.map((r) => `<details><summary>${esc(say(r.name))} · ${w('penalty')} ${r.sum} · ${r.count} ${w('times')} <span class="meter" role="img" aria-label="${((r.sum / all) * 100).toFixed(1)} %"><i style="width:${Math.min(100, (r.sum / all) * 100)}%"></i></span> ${((r.sum / all) * 100).toFixed(1)} %</summary>
    <table class="list"><tbody>${r.worst.map((m) => `<tr><td>${esc(m[0])}</td><td>${esc(m[1])}</td><td>${m[2]}</td><td>${esc(say(m[3]))}</td></tr>`).join('')}</tbody></table>${r.count > r.worst.length ? `<p class="note">${w('more')}: ${r.count - r.worst.length} (score.csv)</p>` : ''}</details>`).join('');
  const index = new Map(D.days.map((x, i) => [x.date, i]));
  const short = D.shortfalls.map((x) => `<tr><td><button type="button" data-d="${index.get(x[0])}">${x[0]}</button></td><td>${clock(x[1])}–${clock(x[2])}</td><td>${esc(x[3])}</td><td>${hours(x[4])} h</td><td>${(x[5] / 100).toFixed(2)}</td></tr>`).join('');
  const asked = D.wishes.map((x) => `<tr><td>${esc(head(x[0]))}</td><td><button type="button" data-p="${x[1]}">${esc(D.people[x[1]].name)}</button></td><td>${esc(say(x[2]))}</td><td>${x[3] === null ? '–' : w(x[3] ? 'yes' : 'no')}</td><td>${esc(say(cell(x[1], x[0]).text))}</td></tr>`).join('');
  el('view-limits').innerHTML = `<ul class="facts">${fact(s.objective, w('penalty'))}${gap}${fact(`${s.covered.toFixed(2)} %`, w('cover'))}${fact(`${s.requests[0]} / ${s.requests[1]}`, w('met'))}${fact(s.above, w('above'))}${fact(near, w('near'))}</ul>
    <h2>${w('costs')}</h2>${rules}
    <div class="grid"><div><h2>${w('stretches')}</h2><div class="scroll"><table class="list"><tbody>${short}</tbody></table></div></div>
    <div><h2>${w('wishes')}</h2><div class="scroll"><table class="list"><thead><tr>${['date', 'name', 'wanted', 'met', 'got'].map((k) => `<th>${w(k)}</th>`).join('')}</tr></thead><tbody>${asked}</tbody></table></div></div></div>`;
}
