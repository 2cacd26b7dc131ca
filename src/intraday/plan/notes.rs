//! What is to be known of a handover, in both languages, and its batch number.

use crate::base::{Minute, Text, clock};
use crate::model::{Case, HandoverKind};

/// `HO-20260105-1630-VOICE-`, to be followed by a serial number.
pub(super) fn batch(case: &Case, day: usize, start: Minute, channel: usize) -> String {
    let date = case.horizon.date(day as i64).format("%Y%m%d");
    let name: String = case.channels[channel]
        .name
        .to_uppercase()
        .chars()
        .map(|c| if c.is_whitespace() || c == '-' { '_' } else { c })
        .collect();
    format!("HO-{date}-{}-{name}-", clock(start).replace(':', ""))
}

/// The note of a handover; of a message, that of one nobody takes up.
pub(super) fn note(kind: HandoverKind, end: Minute) -> Text {
    let at = clock(end);
    match kind {
        HandoverKind::Overlap => Text::new(
            format!(
                "Both at work until {at}: go through open cases, promised call-backs and complaints, then sign."
            ),
            format!("双方同时在岗至{at}：逐项交接未结工单、约定回访和投诉，并签字确认。"),
        ),
        HandoverKind::EarlyArrival => Text::new(
            format!("The incoming agent is here before {at}: hand over in person and sign."),
            format!("接班人于{at}前提前到岗：当面交接并签字确认。"),
        ),
        HandoverKind::Message => Text::new(
            "Leave it in writing: whoever opens next is not known yet.",
            "书面留言：下一位接班人尚未排定。",
        ),
        HandoverKind::None => Text::new(
            "Nobody else serves this channel: open cases wait until the same agent is back.",
            "没有其他人服务该渠道：未结工单须等本人返岗处理。",
        ),
    }
}

/// The note of an overlap that takes place before the last minutes: until when, and when the outgoing shift ends.
pub(super) fn brought_forward(until: Minute, end: Minute) -> Text {
    let (until, end) = (clock(until), clock(end));
    Text::new(
        format!(
            "Both off the queue until {until}: go through open cases, promised call-backs and complaints, then sign. \
             The outgoing agent goes on with short contacts until {end}."
        ),
        format!(
            "双方在{until}前均不接线：逐项交接未结工单、约定回访和投诉，并签字确认；交班人随后继续接简短来话至{end}。"
        ),
    )
}

/// The note of a message. `when` is the date and time of the shift in which it is read, `early` whether that happens
/// before it begins, `own` whether the outgoing agent is the next to open.
pub(super) fn message(when: &str, early: bool, own: bool) -> Text {
    let (en, zh) = if early {
        ("before the shift starts", "上岗前")
    } else {
        ("in the first minutes of the shift", "上岗后最初几分钟内")
    };
    if own {
        return Text::new(
            format!("Leave it in writing: the same agent opens next and goes through it {en}, {when}."),
            format!("书面留言：下一位开班的就是本人，{zh}重新查看（{when}）。"),
        );
    }
    Text::new(
        format!("Leave it in writing: the next agent reads it {en}, {when}."),
        format!("书面留言：接班人{zh}阅读（{when}）。"),
    )
}
