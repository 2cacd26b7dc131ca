// One person: the month as a calendar, the figures, each day in stretches.
function personView() {
  const p = state.person, one = D.people[p], h = D.hours[p];
  const fact = (value, key) => `<li><b>${value}</b>${w(key)}</li>`;
  const lead = D.days[0].weekday;
  const cells = D.days.map((day, d) => {
    const x = cell(p, d), s = x.shift === null ? null : D.shifts[x.shift];
    return `<div class="c-${x.tone}"><button type="button" data-d="${d}"><span class="d ${day.tone}"><span>${Number(day.date.slice(8))}</span><span>${WEEKDAYS[state.lang][day.weekday]}</span></span><span class="code">${esc(say(x.text))}</span>${s ? `<small>${esc(s.times)}</small>` : ''}${day.name ? `<small>${esc(day.name)}</small>` : ''}</button></div>`;
  }).join('');
  const tones = ['--have', '--early', '--day', '--late', '--other', '--mid'];
  const rows = D.duties[p].map((list, d) => {
    if (!list.length) return '';
    const from = list[0], to = Math.max(...list.filter((_, i) => i % 3 === 1));
    const bars = [], words = [];
    for (let i = 0; i < list.length; i += 3) {
      const [a, b, act] = list.slice(i, i + 3);
      const text = `${clock(a)}–${clock(b)} ${say(D.activities[act])}`;
      words.push(text);
      bars.push(`<i style="left:${((a - from) / (to - from)) * 100}%;width:${((b - a) / (to - from)) * 100}%;background:var(${tones[act % tones.length]})" title="${esc(text)}"></i>`);
    }
    return `<tr><th scope="row">${esc(head(d))}</th><td><div class="strip">${bars.join('')}</div><small>${esc(words.join(' · '))}</small></td></tr>`;
  }).join('');
  const wishes = D.wishes.filter((x) => x[1] === p);
  const asked = wishes.map((x) => `<tr><td>${esc(head(x[0]))}</td><td>${esc(say(x[2]))}</td><td>${x[3] === null ? '–' : w(x[3] ? 'yes' : 'no')}</td></tr>`).join('');
  el('view-person').innerHTML = `<div class="bar"><label>${w('name')} <select id="pick-person">${D.people.map((x, i) => option(String(i), `${x.name} ${x.id}`, String(p))).join('')}</select></label></div>
    <h2 id="who">${w('month_of')} ${esc(one.name)} <small>${esc(one.id)} ${esc(one.team)}</small></h2>
    <ul class="facts">${fact(h.worked, 'worked')}${fact(h.rest, 'rest')}${fact(h.leave, 'leave')}${fact(hours(h.paid), 'paid')}${fact(hours(h.ot), 'overtime')}${h.cap === null ? '' : fact(hours(h.left), 'left')}${fact(h.late, 'late')}${fact(h.weekends, 'weekends')}${fact(h.statutory, 'statutory')}</ul>
    <div class="month">${WEEKDAYS[state.lang].map((x) => `<div class="head">${x}</div>`).join('')}${'<div class="pad"></div>'.repeat(lead)}${cells}</div>
    ${asked ? `<h2>${w('wishes')}</h2><table class="list"><thead><tr><th>${w('date')}</th><th>${w('wanted')}</th><th>${w('met')}</th></tr></thead><tbody>${asked}</tbody></table>` : ''}
    <h2>${w('duties')}</h2><div class="scroll"><table class="list" id="duties"><tbody>${rows}</tbody></table></div>`;
  el('pick-person').addEventListener('change', (e) => go('person', Number(e.target.value), 'pick-person'));
}
