//! Channels, callers, calls by agents, rules of teams and the ups and downs of the volume: read as they are written.

use super::support::{FLOOR, Folder, floor, read, read_set, scenario};
use callwright::scenario::*;

/// [`FLOOR`] with lines below the patience of its queue, and a second queue.
fn with(orders: &str, other: &str) -> String {
    let second = format!("\n[queue.other]\nvolume = {{ per_hour = 10 }}\ntalk = \"4m\"\n{other}\n\n[team.tier1]");
    floor("patience = \"3m\"", orders)
        .replace("[team.tier1]", &second)
        .replace("orders = 1 }", "orders = 1, other = 1 }")
}

fn queue(lines: &str) -> Queue {
    scenario(&floor("patience = \"3m\"", lines)).queues[0].clone()
}

fn callers(lines: &str) -> Callers {
    scenario(&with(&format!("patience = \"3m\"\n{lines}"), "patience = \"1m\"")).queues[0].callers.clone()
}

#[test]
fn what_is_not_mentioned_is_absent() {
    let s = scenario(FLOOR);
    let q = &s.queues[0];
    assert_eq!((&q.channel, q.counts, &q.callers), (&Channel::Voice, VolumeCounts::Offered, &Callers::default()));
    let t = &s.teams[0];
    assert_eq!((t.reserve.len(), t.ring_s, t.blend), (0, 0.0, false));
    assert_eq!((t.cost_per_talk_minute, t.min_commitment, &s.correlation), (None, None, &None));
}

#[test]
fn chats() {
    let chat = |lines: &str| queue(&format!("patience = \"3m\"\nchannel = \"chat\"\n{lines}")).channel;
    let plain = Chat { concurrency: 1, slowdown: 0.0, silent: 0.0, silent_timeout_s: 120.0 };
    assert_eq!(chat(""), Channel::Chat(plain));
    let all = "concurrency = 3\nslowdown = \"20%\"\nsilent = 0.3\nsilent_timeout = \"90s\"";
    assert_eq!(chat(all), Channel::Chat(Chat { concurrency: 3, slowdown: 0.2, silent: 0.3, silent_timeout_s: 90.0 }));
}

#[test]
fn messages() {
    let q = queue("channel = \"email\"\ngoal = { service_level = \"90% in 4h\" }");
    let plain = Messages { preempt: false, backlog: 0, while_closed: vec![] };
    assert_eq!((q.channel, q.patience, q.target_time_s), (Channel::Email(plain), None, 14_400.0));
    let all = "channel = \"social\"\npreempt = true\nbacklog = 40";
    assert_eq!(queue(all).channel, Channel::Social(Messages { preempt: true, backlog: 40, while_closed: vec![] }));
}

#[test]
fn messages_that_come_while_the_floor_is_closed() {
    let text = |volume: &str| {
        floor("patience = \"3m\"", "channel = \"email\"")
            .replace("\"08:00-10:00\"", "{ mon-fri = \"08:00-10:00\", sat = \"09:00-11:00\" }\ndays = 8")
            .replace("{ per_interval = [10, 20, 30, 40] }", volume)
    };
    let closed = |volume: &str| {
        scenario(&text(volume)).queues[0].channel.messages().map(|m| m.while_closed.clone()).unwrap_or_default()
    };
    assert_eq!(closed("{ per_hour = 10, while_closed = 30 }"), [30.0; 7]);
    let by_weekday = "{ per_hour = 10, scale = \"50%\", while_closed = { mon = 90, tue-fri = 20, sat = 8 } }";
    // Sunday is closed: the eighth day is a Monday again.
    assert_eq!(closed(by_weekday), [45.0, 10.0, 10.0, 10.0, 10.0, 4.0, 45.0]);
}

#[test]
fn menus_and_announcements() {
    let ivr = |text: &str| callers(&format!("ivr = {text}")).ivr.unwrap();
    assert_eq!(ivr("\"45s\""), Ivr { time: Dist::Exponential { mean: 45.0 }, self_served: 0.0 });
    let full = "{ time = { dist = \"constant\", mean = \"30s\" }, self_served = \"20%\" }";
    assert_eq!(ivr(full), Ivr { time: Dist::Constant { mean: 30.0 }, self_served: 0.2 });
    assert_eq!(callers("announce = {}").announce, Some(Announce { balk: 1.0, patience: 1.0 }));
    let both = callers("announce = { balk = \"60%\", patience = \"150%\" }").announce;
    assert_eq!(both, Some(Announce { balk: 0.6, patience: 1.5 }));
}

#[test]
fn call_backs_and_calls_by_agents() {
    let read = |call_back: &str, dial: &str| {
        let s = scenario(&with(&format!("patience = \"3m\"\ncall_back = {call_back}"), &format!("dial = {dial}")));
        (s.queues[0].callers.call_back.clone().unwrap(), s.queues[1].clone())
    };
    let (offer, other) = read("{ accept = \"40%\", queue = \"other\" }", "{}");
    assert_eq!(offer, CallBack { over_s: 0.0, accept: 0.4, queue: 1, after: None });
    let retry = Dist::Exponential { mean: 1_800.0 };
    assert_eq!(other.callers.dial, Some(Dial { reach: 1.0, no_answer_s: 30.0, retry, attempts: 1 }));
    assert_eq!((other.patience, other.volume), (None, vec![5.0; 4]));
    let (offer, other) = read(
        "{ over = \"2m\", accept = 0.4, queue = \"other\", after = { mean = \"1h\", cv = 0.3 } }",
        "{ reach = \"70%\", no_answer = \"25s\", retry = { dist = \"constant\", mean = \"1h\" }, attempts = 3 }",
    );
    let after = Some(Dist::Lognormal { mean: 3_600.0, cv: 0.3 });
    assert_eq!(offer, CallBack { over_s: 120.0, accept: 0.4, queue: 1, after });
    let retry = Dist::Constant { mean: 3_600.0 };
    assert_eq!(other.callers.dial, Some(Dial { reach: 0.7, no_answer_s: 25.0, retry, attempts: 3 }));
}

#[test]
fn calls_by_agents_need_no_volume_of_their_own() {
    let text = with("patience = \"3m\"\ncall_back = { accept = 1, queue = \"other\" }", "dial = {}");
    let none = read(&text.replace("volume = { per_hour = 10 }\n", ""));
    assert_eq!((none.warnings.len(), &none.scenario.queues[1].volume), (0, &vec![0.0; 4]));
    let zero = scenario(&text.replace("per_hour = 10", "per_hour = 0"));
    assert_eq!(zero.queues, none.scenario.queues);
    // What waiting callers have may be denied in words.
    let words = "dial = {}\npatience = \"unlimited\"\nlines = \"unlimited\"\nqueue_capacity = \"unlimited\"\nbalk = 0";
    assert_eq!(scenario(&text.replace("dial = {}", words)).queues[1].patience, None);
}

#[test]
fn transfers() {
    let transfer = |text: &str| callers(&format!("transfer = {text}")).transfer.unwrap();
    let cold = Transfer { probability: 0.15, queue: 1, warm: false, handover_s: 0.0 };
    assert_eq!(transfer("{ probability = \"15%\", queue = \"other\" }"), cold);
    let warm = Transfer { warm: true, handover_s: 30.0, ..cold.clone() };
    assert_eq!(transfer("{ probability = \"15%\", queue = \"other\", warm = true }"), warm);
    let long = transfer("{ probability = \"15%\", queue = \"other\", warm = true, handover = \"1m\" }");
    assert_eq!(long, Transfer { handover_s: 60.0, ..warm });
    let own = with("patience = \"3m\"\ntransfer = { probability = 0.15, queue = \"other\" }", "patience = \"1m\"")
        .replace("{ orders = 1,", "{ orders = { transfer = \"5%\" },");
    let skills = scenario(&own).teams[0].skills.clone();
    assert_eq!((skills[0].transfer, skills[1].transfer), (Some(0.05), None));
}

#[test]
fn transfers_that_come_back_end() {
    let there = "patience = \"3m\"\ntransfer = { probability = \"100%\", queue = \"other\" }";
    let back = "patience = \"1m\"\ntransfer = { probability = \"99%\", queue = \"orders\" }";
    assert_eq!(read(&with(there, back)).warnings, []);
}

#[test]
fn redials_and_valued_customers() {
    let who = |text: &str| callers(&format!("\n[queue.orders.callers]\n{text}"));
    let once = Redial { probability: 0.4, after: Dist::Exponential { mean: 600.0 }, attempts: None, queue: None };
    assert_eq!(who("redial = { probability = \"40%\", after = \"10m\" }").redial, Some(once.clone()));
    let words = "redial = { probability = 0.4, after = \"10m\", attempts = \"unlimited\", queue = \"orders\" }";
    assert_eq!(who(words).redial, Some(once.clone()));
    let other = who("redial = { probability = 1, after = \"10m\", attempts = 3, queue = \"other\" }").redial;
    assert_eq!(other, Some(Redial { probability: 1.0, attempts: Some(3), queue: Some(1), ..once }));
    let credit = who("credit = { share = \"10%\", time = \"2m\" }").credit;
    assert_eq!(credit, Some(Credit { share: 0.1, time_s: 120.0 }));
}

/// A busy signal is a reason to call again.
#[test]
fn redials_after_a_busy_signal_alone() {
    let redial = "patience = \"unlimited\"\ncallers = { redial = { probability = \"40%\", after = \"10m\" } }";
    assert_eq!(read(&floor("patience = \"3m\"", redial)).warnings.len(), 1);
    assert_eq!(read(&floor("patience = \"3m\"", &format!("lines = 5\n{redial}"))).warnings, []);
    let shared = floor("patience = \"3m\"", redial).replace("open =", "lines = 5\nopen =");
    assert_eq!(read(&shared).warnings, []);
}

#[test]
fn volume_counts_first_attempts_when_it_says_so() {
    let fresh = floor("{ per_interval = [10, 20, 30, 40] }", "{ per_hour = 40, counts = \"fresh\" }");
    assert_eq!(scenario(&fresh).queues[0].counts, VolumeCounts::Fresh);
    assert_eq!(scenario(&fresh.replace("fresh", "offered")).queues[0].counts, VolumeCounts::Offered);
}

fn promoted(open: &str, promotions: &str) -> Vec<f64> {
    let volume = format!("{{ per_hour = 20, promotions = [{promotions}] }}");
    let text = floor("{ per_interval = [10, 20, 30, 40] }", &volume).replace("\"08:00-10:00\"", open);
    scenario(&text).queues[0].volume.clone()
}

#[test]
fn promotions_multiply_the_intervals_that_start_in_them() {
    let one = "{ from = \"08:30\", to = \"09:30\", factor = \"150%\" }";
    assert_eq!(promoted("\"08:00-10:00\"", one), [10.0, 15.0, 15.0, 10.0]);
    // An interval that has begun before is not in it; two at the same time both count.
    let two = "{ from = \"08:10\", to = \"09:01\", factor = 2 }, { from = \"09:00\", to = \"24:00\", factor = 0.5 }";
    assert_eq!(promoted("\"08:00-10:00\"", two), [10.0, 20.0, 10.0, 5.0]);
    // Over midnight, in the opening of the Friday.
    let night = "{ from = \"23:30\", to = \"00:30\", days = \"fri\", factor = 3 }";
    let week = promoted("{ thu-fri = \"23:00-01:00\" }\ndays = 7", night);
    assert_eq!(week, [10.0, 10.0, 10.0, 10.0, 10.0, 30.0, 30.0, 10.0]);
    let dates = "{ days = [2026-03-03, 2026-03-09], factor = \"50%\" }";
    let week = promoted("\"09:00-10:00\"\ndays = 3\nfirst_day = 2026-03-02", dates);
    assert_eq!(week, [10.0, 10.0, 5.0, 5.0, 10.0, 10.0]);
}

#[test]
fn promotions_multiply_the_numbers_of_a_file_too() {
    let promotions = "promotions = [{ from = \"08:00\", to = \"08:30\", factor = 2 }]";
    let volume = format!("{{ csv = \"v.csv\", scale = \"50%\", counts = \"fresh\", {promotions} }}");
    let folder = Folder::new()
        .with("floor.toml", &floor("{ per_interval = [10, 20, 30, 40] }", &volume))
        .with("v.csv", "start,orders\n08:00,10\n08:30,20\n09:00,30\n09:30,40\n");
    let loaded = folder.load("floor.toml", &[]).unwrap();
    assert_eq!(loaded.scenario.queues[0].volume, [10.0, 10.0, 15.0, 20.0]);
    let shown = "volume = { per_interval = [10.0, 20.0, 30.0, 40.0], scale = \"50%\", counts = \"fresh\", ";
    assert!(explain(&loaded).contains(&format!("{shown}{promotions} }}\n")), "{}", explain(&loaded));
}

#[test]
fn rules_and_fees_of_a_team() {
    let text = with("patience = \"3m\"", "patience = \"1m\"\nchannel = \"chat\"");
    let rules = "reserve = { other = 2, orders = 0 }\nring_time = \"4s\"\nblend = true\ncost_per_talk_minute = 0.65\nmin_commitment = 400";
    let loaded = read(&format!("{text}\n{rules}\n"));
    let t = &loaded.scenario.teams[0];
    // Nobody kept free is nothing said.
    assert_eq!((t.reserve.as_slice(), t.ring_s, t.blend), (&[(1, 2)][..], 4.0, true));
    assert_eq!((t.cost_per_talk_minute, t.min_commitment, loaded.warnings.len()), (Some(0.65), Some(400.0), 0));
}

#[test]
fn correlated_busyness() {
    let correlation = |open: &str, text: &str| {
        let busy = with("patience = \"3m\"\nday_cv = 0.1", "patience = \"1m\"\nday_cv = 0.1");
        let busy = busy.replace("\"08:00-10:00\"", open).replace("per_interval = [10, 20, 30, 40]", "per_hour = 9");
        let loaded = read(&format!("{busy}\n[correlation]\n{text}\n"));
        assert_eq!(loaded.warnings, [], "{text}");
        loaded.scenario.correlation
    };
    let day = "\"08:00-20:00\"";
    assert_eq!(correlation(day, ""), None);
    assert_eq!(correlation(day, "queues = \"60%\""), Some(Correlation { queues: 0.6, late: None }));
    let late = "late = 0.7\nlate_from = \"13:00\"";
    assert_eq!(correlation(day, late), Some(Correlation { queues: 0.0, late: Some((18_000.0, 0.7)) }));
    let night = correlation("\"22:00-06:00\"", "late = 0.7\nlate_from = \"01:30\"");
    assert_eq!(night.and_then(|c| c.late), Some((12_600.0, 0.7)));
}

#[test]
fn set_reaches_every_mechanism() {
    let text = with("patience = \"3m\"\nivr = \"30s\"", "dial = {}");
    let s = read_set(
        &text,
        &[
            "queue.orders.ivr.self_served=20%",
            "queue.orders.call_back={ accept = 0.3, queue = \"other\" }",
            "queue.orders.call_back.over=2m",
            "queue.orders.callers.redial={ probability = 0.4, after = \"10m\" }",
            "queue.orders.callers.redial.after.mean=*2",
            "queue.orders.callers.redial.attempts=3",
            "queue.other.dial.attempts=+2",
            "queue.orders.volume.promotions=[{ from = \"08:00\", to = \"08:30\", factor = 2 }]",
            "queue.orders.volume.promotions[0].factor=+100%",
            "team.tier1.reserve.orders=1",
            "team.tier1.reserve.other=+2",
            "team.tier1.ring_time=4s",
            "queue.*.day_cv=0.1",
            "correlation.queues=60%",
        ],
    )
    .scenario;
    let c = &s.queues[0].callers;
    assert_eq!(c.ivr, Some(Ivr { time: Dist::Exponential { mean: 30.0 }, self_served: 0.2 }));
    assert_eq!(c.call_back, Some(CallBack { over_s: 120.0, accept: 0.3, queue: 1, after: None }));
    let redial = c.redial.as_ref().unwrap();
    assert_eq!((&redial.after, redial.attempts), (&Dist::Exponential { mean: 1_200.0 }, Some(3)));
    assert_eq!(s.queues[1].callers.dial.as_ref().map(|d| d.attempts), Some(3));
    assert_eq!(s.queues[0].volume, [30.0, 20.0, 30.0, 40.0]);
    assert_eq!((s.teams[0].reserve.as_slice(), s.teams[0].ring_s), (&[(0, 1), (1, 2)][..], 4.0));
    assert_eq!(s.correlation, Some(Correlation { queues: 0.6, late: None }));
    let chat = with("patience = \"3m\"", "channel = \"email\"");
    let s = read_set(&chat, &["queue.orders.channel=chat", "queue.orders.concurrency=4", "queue.other.preempt=true"]);
    assert_eq!(s.scenario.queues[0].channel.chat().map(|c| c.concurrency), Some(4));
    assert!(s.scenario.queues[1].channel.messages().is_some_and(|m| m.preempt));
}

#[test]
fn a_base_file_and_its_mechanisms_merge() {
    let base = with("patience = \"3m\"\nannounce = { balk = \"50%\" }", "patience = \"1m\"");
    let top = "extends = \"base.toml\"\n[queue.orders.announce]\npatience = \"120%\"\n[team.tier1]\nreserve = { other = 1 }\n";
    let folder = Folder::new().with("base.toml", &base).with("floor.toml", top);
    let s = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}")).scenario;
    assert_eq!(s.queues[0].callers.announce, Some(Announce { balk: 0.5, patience: 1.2 }));
    assert_eq!(s.teams[0].reserve, [(1, 1)]);
}
