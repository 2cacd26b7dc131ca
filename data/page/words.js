// Words of the page in both languages, and small helpers for text.
const WORDS = {
  en: { rota: 'Rota', day: 'Day', person: 'Person', month: 'Month', limits: 'What limits it', search: 'Search name or id', team: 'Team', shift: 'Shift', all: 'all',
    skip: 'To the content', language: '中文', theme: 'Theme', light: 'light', dark: 'dark', auto: 'as the system', print: 'Print', people: 'people shown', of: 'of',
    name: 'Name', at: 'At work', short: 'Short h', hours: 'Hours', overtime: 'Overtime', worked: 'Days', required: 'needed', rostered: 'there', spare: 'spare', channel: 'Channel',
    previous: 'Previous day', next: 'Next day', date: 'Date', handovers: 'Handovers', time: 'Time', kind: 'How', from: 'Out', to: 'In', backup: 'Backup', note: 'Note',
    who: 'Who works', none: 'nobody', month_of: 'Month of', paid: 'paid hours', cap: 'cap', left: 'left to the cap', late: 'late shifts', weekends: 'weekends', statutory: 'statutory days',
    rest: 'rest days', leave: 'leave days', shortage: 'Shortage of the month: people missing', missing: 'missing', worst: 'Overtime against the cap: most first', fair: 'How evenly it is shared',
    evenly: 'people with so many', rule: 'Rule', penalty: 'penalty', share: 'share', bound: 'no rota can go below', gap: 'gap', proven: 'proven best', cover: 'of the hours needed are covered',
    met: 'requests met', above: 'people above the cap', near: 'people with less than 8 h of overtime left', stretches: 'Largest shortages', wishes: 'Requests', wanted: 'wanted', got: 'got', yes: 'yes', no: 'no',
    costs: 'What it costs, by rule', times: 'times', more: 'and more', click: 'Choose a day or a name to see more. Keys: / searches, arrows move, Enter opens, Esc goes back.', sign: ' Made by: ____________ Reviewed by: ____________',
    meal: 'meal', made: 'made by paiban', nothing: 'Nothing matches.', duties: 'The day in stretches', off: 'OFF', minutes: 'min' },
  zh: { rota: '班表', day: '当天', person: '个人', month: '全月', limits: '制约因素', search: '搜索姓名或工号', team: '班组', shift: '班次', all: '全部',
    skip: '跳到正文', language: 'English', theme: '主题', light: '浅色', dark: '深色', auto: '跟随系统', print: '打印', people: '人', of: '/',
    name: '姓名', at: '上班人数', short: '缺员工时', hours: '工时', overtime: '加班', worked: '出勤', required: '需求', rostered: '在岗', spare: '富余', channel: '渠道',
    previous: '前一天', next: '后一天', date: '日期', handovers: '交接', time: '时间', kind: '方式', from: '交班人', to: '接班人', backup: '备用人', note: '备注',
    who: '当天上班', none: '无', month_of: '个人月表：', paid: '计薪工时', cap: '上限', left: '加班余量', late: '晚班次数', weekends: '周末出勤', statutory: '法定节假日出勤',
    rest: '休息天数', leave: '请假天数', shortage: '全月缺员热图（缺少人数）', missing: '缺', worst: '加班与上限（从多到少）', fair: '公平性',
    evenly: '人数', rule: '规则', penalty: '罚分', share: '占比', bound: '任何班表不低于', gap: '差距', proven: '已证明最优', cover: '的需求工时已覆盖',
    met: '请求满足', above: '超过加班上限的人数', near: '加班余量不足 8 小时的人数', stretches: '最大缺员', wishes: '请求', wanted: '愿望', got: '实际', yes: '是', no: '否',
    costs: '各规则罚分', times: '次', more: '还有更多', click: '点日期或姓名查看详情。键盘：/ 搜索，方向键移动，Enter 打开，Esc 返回。', sign: ' 制表人：____________ 审核人：____________',
    meal: '用餐', made: '由 paiban 生成', nothing: '没有符合条件的人员。', duties: '当天安排', off: '休', minutes: '分钟' },
};
const WEEKDAYS = { en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] };
const D = JSON.parse(document.getElementById('data').textContent);
const state = { lang: D.lang, tab: 'rota', person: 0, day: 0, search: '', team: '', shift: '', channel: '' };
const w = (key) => WORDS[state.lang][key];
// A text of the data: the same in both languages, or [English, Chinese].
const say = (text) => (Array.isArray(text) ? text[state.lang === 'zh' ? 1 : 0] : text);
const esc = (text) => String(text).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }[c]));
const clock = (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
const hours = (m) => (m / 60).toFixed(2);
const el = (id) => document.getElementById(id);
const head = (d) => `${D.days[d].date} ${WEEKDAYS[state.lang][D.days[d].weekday]}${D.days[d].name ? ' · ' + D.days[d].name : ''}`;
const option = (value, text, chosen) => `<option value="${esc(value)}"${value === chosen ? ' selected' : ''}>${esc(text)}</option>`;
// The word, class and shift of a person's day.
const cell = (p, d) => D.words[D.cells[p][d]];
