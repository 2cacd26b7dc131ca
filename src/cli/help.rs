//! The language of the whole program, and the help texts in it.

use super::args::Cli;
use clap::{Command, CommandFactory};
use paiban::base::Lang;
use std::ffi::OsString;

/// The language: `--lang`, else the locale. Needed before the arguments are parsed, for the help.
pub(crate) fn language(arguments: &[OsString]) -> Lang {
    match option(arguments, "--lang").as_deref() {
        Some("zh") => return Lang::Zh,
        Some(_) => return Lang::En,
        None => {}
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    if locale.is_some_and(|l| l.to_ascii_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}

/// Whether one JSON document is wanted.
pub(crate) fn wants_json(arguments: &[OsString]) -> bool {
    option(arguments, "--format").as_deref() == Some("json")
}

fn option(arguments: &[OsString], name: &str) -> Option<String> {
    let words: Vec<String> =
        arguments.iter().map(|a| a.to_string_lossy().into_owned()).take_while(|a| a != "--").collect();
    let joined = words.iter().rev().find_map(|a| a.strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
    joined.or_else(|| words.iter().position(|a| a == name).and_then(|i| words.get(i + 1).cloned()))
}

/// The command with its help in a language.
pub(crate) fn command(lang: Lang) -> Command {
    let command = Cli::command();
    if lang == Lang::En { command } else { chinese(command) }
}

fn chinese(command: Command) -> Command {
    // Built first, so that the flags that the parser adds (--help, --version) can be translated too.
    let mut command = command;
    command.build();
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let mut command = arguments(command).about("客服中心月度排班：满足需求、合法、公平、有证明");
    for name in names {
        let about = COMMANDS.iter().find(|(n, _)| *n == name).map(|(_, zh)| *zh);
        command = command.mut_subcommand(name, |c| {
            let c = arguments(c);
            match about {
                Some(zh) => c.about(zh),
                None => c,
            }
        });
    }
    command
}

fn arguments(command: Command) -> Command {
    let scope = command.get_name().to_owned();
    let command = command
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("命令");
    command.mut_args(|a| {
        let id = a.get_id().to_string();
        let a = if a.is_positional() { a.help_heading("参数") } else { a.help_heading("选项") };
        let text = ARGUMENTS
            .iter()
            .find(|(s, i, _)| *s == scope && *i == id)
            .or_else(|| ARGUMENTS.iter().find(|(s, i, _)| s.is_empty() && *i == id));
        match text {
            Some((_, _, zh)) => a.help(*zh),
            None => a,
        }
    })
}

const COMMANDS: &[(&str, &str)] = &[
    ("demo", "生成示例案例及其排班，并说明看哪里"),
    ("new", "按模板生成一份完整、带注释的案例"),
    ("check", "检查输入文件，或检查一份排班"),
    ("compare", "比较两份排班：谁有变化、从什么变成什么、有何影响"),
    ("message", "写出某一天的群消息：各班次上班人员、请假、缺员时段"),
    ("staff", "由话量预测计算各时段所需人数"),
    ("solve", "为案例或公开算例排班"),
    ("forecast", "由历史话量生成 forecast.csv，并回测其准确程度"),
    ("simulate", "按排班逐个来件模拟整月，并与公式预测对照"),
    ("ledger", "查看过去各月的台账：每人的晚班、周末、法定节假日和加班"),
    ("export", "把整个月写成一个整数规划供其他求解器使用，或按考勤系统的格式写出排班"),
    ("completions", "写出命令行补全脚本（标准输出）"),
    ("man", "写出手册页"),
    ("rules", "列出全部规则，或说明其中一条"),
    ("help", "显示帮助"),
];

/// Command (empty: any), argument, help.
const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("", "lang", "消息、表头和用词的语言 [默认：取自系统区域设置]"),
    ("", "format", "供人阅读，或在标准输出给出一份 JSON；export 写出的文件格式"),
    ("solve", "case", "案例文件夹，或公开排班算例文件（Instance5.txt）"),
    ("export", "case", "案例文件夹，或公开排班算例文件（Instance5.txt）；用 --to 时为 solve 写出的文件夹"),
    ("export", "output", "要写出的文件 [默认：标准输出；用 --to 时排班只显示不写]"),
    ("export", "to", "接收排班的考勤或人事系统；与 --from 同用时为最后一天；不写则写出整数规划"),
    ("export", "month", "要写出的月份，例如 2026-10 [默认：全部日期]"),
    ("export", "from", "要写出的第一天；同时用 --to 给出最后一天"),
    ("export", "people", "人员在该系统中的编号：含“工号”“用户编号”两列的表 [默认：编号相同]"),
    ("export", "template", "要填写的、由其他系统导出的表格：按工号或姓名找人，每天一列"),
    ("export", "shifts", "班次在该系统中的编号，或在模板中的写法：含“班次”“班次编号”两列的表"),
    ("export", "group", "该系统中考勤组的编号"),
    ("export", "operator", "以谁的名义修改（编号）"),
    ("export", "per_call", "每次调用最多多少行 [默认：系统公布的上限；企业微信未公布，取 200]"),
    ("export", "company", "ADP 公司代码 [默认：CO]"),
    ("export", "batch", "ADP 批次 [默认：1]"),
    ("export", "force", "覆盖已有文件"),
    ("check", "case", "案例文件夹，或公开排班算例文件（Instance5.txt）"),
    ("compare", "before", "之前的排班：solve 写出的文件夹，或单独一份 rota.csv、rota.xlsx"),
    ("compare", "after", "之后的排班"),
    ("compare", "message", "只写群消息"),
    ("compare", "case", "两份排班的案例文件夹 [默认：排出它们的案例]"),
    ("message", "case", "这份排班的案例文件夹 [默认：排出它的案例]"),
    ("message", "rota", "solve 写出的文件夹，或单独一份 rota.csv、rota.xlsx"),
    ("message", "date", "日期"),
    ("completions", "shell", "所用的 shell"),
    ("man", "output", "每个命令写一页的文件夹 [默认：首页写到标准输出]"),
    ("", "case", "案例文件夹"),
    ("ledger", "cases", "含 history.csv 的案例文件夹，以及 solve 写出的文件夹；同一天以最后给出的为准"),
    ("ledger", "output", "要写出的表格，每人每月一行"),
    ("ledger", "force", "覆盖已有文件"),
    ("ledger", "month", "要统计的月份，例如 2026-10 [默认：找到的全部]"),
    ("ledger", "from", "统计的第一天"),
    ("ledger", "to", "统计的最后一天"),
    ("", "month", "要排的月份，例如 2026-10 [默认：预测或需求的日期范围]"),
    ("", "from", "第一天"),
    ("", "to", "最后一天"),
    ("", "dir", "要生成的文件夹"),
    ("", "template", "所用模板"),
    ("", "rota", "solve 写出的文件夹，或单独一份 rota.csv、rota.xlsx（算例为 rota.tsv）"),
    ("check", "output", "要写出的文件夹：这份班表的全部文件，与 solve 写出的相同"),
    ("check", "force", "覆盖被改动过的结果文件，并允许写入有其他内容的文件夹"),
    ("", "time_limit", "最长求解时间：60s、2m、500ms 或秒数 [默认：60s；设有 --work-limit 时不限]"),
    ("", "work_limit", "做完这么多单位的计算后停止：在任何机器上结果相同"),
    ("", "gap", "证明与最优的差距不超过此值时停止"),
    ("", "seed", "随机种子"),
    ("", "threads", "线程数；设有工作量上限时不影响结果 [默认：全部]"),
    ("", "name", "要说明的规则"),
    ("new", "people", "生成的案例有多少人（模板 generated）"),
    ("new", "understaffed", "需求多于人手所能满足（模板 generated）"),
    ("solve", "output", "要写出的文件夹；算例可不写"),
    ("staff", "output", "要写出的文件；前几列与 demand.csv 相同"),
    ("", "history", "历史话量文件，列与 forecast.csv 相同"),
    ("forecast", "month", "要预测的月份，例如 2026-12"),
    ("", "calendar", "含过去与将来促销、节假日的 calendar.csv"),
    ("", "method", "回测中较准的一种、模型，或上周同日"),
    ("forecast", "output", "要写出的文件 [默认：标准输出]：案例的 forecast.csv"),
    ("forecast", "force", "覆盖已有文件"),
    ("simulate", "output", "要写出的文件夹：simulation.csv、simulation_days.csv、simulation.json"),
    ("simulate", "force", "覆盖被改动过的结果文件，并允许写入有其他内容的文件夹"),
    ("simulate", "threads", "线程数；不影响结果 [默认：全部]"),
    ("", "runs", "整月模拟多少次"),
    ("", "as_planned", "完全按计划执行：队列富余的人不临时处理限时工作"),
    ("", "pooled", "本渠道空闲的人接听自己有技能的其他队列"),
    ("solve", "force", "覆盖被改动过的结果文件，并允许写入有其他内容的文件夹"),
    ("staff", "force", "覆盖已有文件"),
    ("", "help", "显示帮助"),
    ("", "version", "显示版本"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_chinese_help() {
        for command in Cli::command().get_subcommands() {
            assert!(COMMANDS.iter().any(|(n, _)| *n == command.get_name()), "{}", command.get_name());
            for a in command.get_arguments() {
                let known = ARGUMENTS
                    .iter()
                    .any(|(s, i, _)| (s.is_empty() || *s == command.get_name()) && a.get_id() == *i);
                assert!(known, "{} {}", command.get_name(), a.get_id());
            }
        }
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn the_language_can_be_given_in_both_forms() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&words("paiban rules --lang zh")), Lang::Zh);
        assert_eq!(language(&words("paiban --lang=zh rules")), Lang::Zh);
        assert_eq!(language(&words("paiban --lang en rules")), Lang::En);
        assert!(wants_json(&words("paiban rules --format json")));
    }
}
