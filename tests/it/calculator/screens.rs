//! One literal screen per formula, and what must be said in each case.

use callwright::erlang::{AbandonGoal, Goals};
use callwright::report::Style;
use callwright::report::calculator::{Model, Question, answer, answer_text};
use unicode_width::UnicodeWidthStr;

use super::screen;

#[test]
fn erlang_c_looks_exactly_like_this() {
    let expected = "\
ANSWER   46 agents on the phone = 66 paid (46 / (1 - 30 %) = 65.71, rounded up).
WHY      The service level decides. The others alone: keeping up with the load 41. With 45 agents
         the service level would be 75.6 %.
LOAD     240 calls in 30 min, 5:00 each = 20 h of work = 40 erlangs: the work of 40 people busy
         without a pause.
GOALS    service level 80 % in 20 s
MODEL    Erlang C: nobody hangs up, so it asks for more people than a floor where callers do.

  agents  paid      SL     ASA  P(wait)  occupancy  goals
  40        58  unstable: the queue grows without end
  42        60  41.3 %    1:41   67.1 %     95.2 %  !! SL
  43        62  55.7 %  54.1 s   54.1 %     93.0 %  !! SL
  44        63  66.9 %  32.4 s   43.2 %     90.9 %  !! SL
  45        65  75.6 %  20.4 s   34.1 %     88.9 %  !! SL
> 46        66  82.2 %  13.3 s   26.6 %     87.0 %  ok, the fewest
  47        68  87.2 %   8.8 s   20.5 %     85.1 %  ok
  48        69  90.9 %   5.8 s   15.6 %     83.3 %  ok
  49        70  93.6 %   3.9 s   11.7 %     81.6 %  ok
  50        72  95.5 %   2.6 s    8.7 %     80.0 %  ok
  51        73  96.9 %   1.7 s    6.4 %     78.4 %  ok
SL = answered in time / offered, in time: within 20 s · ASA = mean wait of the answered · paid =
  agents / (1 - 30 %), rounded up
";
    assert_eq!(screen("c --calls 240 --per 30m --aht 300s --goal 80/20 --shrinkage 30%"), expected);
}

#[test]
fn erlang_a_looks_exactly_like_this() {
    let expected = "\
ANSWER   84 agents on the phone = 120 paid (84 / (1 - 30 %) = 120).
WHY      Abandonment decides. The others alone: the minimum 2, the service level 82, occupancy 81.
         With 83 agents abandonment would be 5.6 %.
LOAD     1,000 calls in 1 h, 5:00 each = 83.33 h of work = 83.33 erlangs: the work of 83.33 people
         busy without a pause.
GOALS    service level 80 % in 20 s · abandonment at most 5 % · occupancy at most 96 % · at least 2
         agents
MODEL    Erlang A: callers hang up after 2:00 on average (exponential).

  agents  paid      SL    ASA  P(wait)  abandon  occupancy  goals
  80       115  75.5 %  8.8 s   52.2 %    7.7 %     96.2 %  !! SL and 2 more
  81       116  78.0 %  7.9 s   48.7 %    6.9 %     95.8 %  !! SL, abandon
  82       118  80.4 %  7.1 s   45.2 %    6.2 %     95.3 %  !! abandon
  83       119  82.7 %  6.3 s   41.7 %    5.6 %     94.8 %  !! abandon
> 84       120  84.7 %  5.6 s   38.3 %    4.9 %     94.3 %  ok, the fewest
  85       122  86.7 %  4.9 s   34.9 %    4.4 %     93.8 %  ok
  86       123  88.4 %  4.3 s   31.6 %    3.8 %     93.2 %  ok
  87       125  90.0 %  3.7 s   28.5 %    3.3 %     92.6 %  ok
  88       126  91.5 %  3.2 s   25.4 %    2.9 %     92.0 %  ok
  89       128  92.7 %  2.8 s   22.6 %    2.5 %     91.3 %  ok
SL = answered in time / offered, in time: within 20 s · ASA = mean wait of the answered · paid =
  agents / (1 - 30 %), rounded up
";
    assert_eq!(
        screen(
            "a --calls 1000 --per 1h --aht 300s --patience 2m --goal 80/20 --abandon 5% --occupancy 96% --shrinkage 30% --min-agents 2"
        ),
        expected
    );
}

#[test]
fn erlang_b_looks_exactly_like_this() {
    let expected = "\
ANSWER   53 lines.
WHY      With 52 lines blocking would be 1.1 %. At 1 % they could carry an offered load of 40.6
         erlangs.
LOAD     240 calls in 30 min, 5:00 each = 20 h of work = 40 erlangs: the work of 40 lines busy
         without a pause.
GOALS    blocking at most 1 %
MODEL    Erlang B: nobody waits; a call that finds no free line is lost and does not come back.

  lines  blocked  carried  per line  goals
  49       2.4 %     39.0    79.7 %  !! blocked
  50       1.9 %     39.3    78.5 %  !! blocked
  51       1.4 %     39.4    77.3 %  !! blocked
  52       1.1 %     39.6    76.1 %  !! blocked
> 53       0.8 %     39.7    74.9 %  ok, the fewest
  54       0.6 %     39.8    73.6 %  ok
  55       0.4 %     39.8    72.4 %  ok
  56       0.3 %     39.9    71.2 %  ok
  57       0.2 %     39.9    70.0 %  ok
  58       0.2 %     39.9    68.9 %  ok
carried = busy lines on average; per line = share of time a line is busy
";
    assert_eq!(screen("b --calls 240 --per 30m --aht 300s --blocking 1%"), expected);
}

#[test]
fn one_number_is_judged() {
    let expected = "\
ANSWER   41 agents on the phone: the service level 75.6 %, the ASA 9.9 s, abandonment 5.9 %,
         occupancy 91.8 %. Missed: service level 80 % in 20 s; occupancy at most 85 %. Required: 47
         agents.
WHY      Occupancy decides. The others alone: the service level 43. With 46 agents occupancy would
         be 85.3 %.
LOAD     240 calls in 30 min, 5:00 each = 20 h of work = 40 erlangs: the work of 40 people busy
         without a pause.
GOALS    service level 80 % in 20 s · occupancy at most 85 %
MODEL    Erlang A: callers hang up after 3:00 on average (exponential).

  agents      SL    ASA  P(wait)  abandon  occupancy  goals
  41      75.6 %  9.9 s   40.5 %    5.9 %     91.8 %  !! SL, occupancy
SL = answered in time / offered, in time: within 20 s · ASA = mean wait of the answered
";
    assert_eq!(
        screen("a --calls 240 --per 30m --aht 300s --patience 3m --goal 80/20 --occupancy 85% --agents 41"),
        expected
    );
}

#[test]
fn a_queue_without_end_is_never_a_number() {
    let text = screen("c --calls 240 --per 30m --aht 300s --goal 80/20 --agents 40");
    assert!(
        text.starts_with("ANSWER   40 agents on the phone: unstable: the queue grows without end. Missed:"),
        "{text}"
    );
    assert!(text.contains("\n  40  unstable: the queue grows without end\n"), "{text}");
    let text = screen("c --calls 240 --per 30m --aht 300s --goal 10/600").replace("\n         ", " ");
    assert!(text.contains("41 agents") && text.contains("With 40 agents the queue would grow without end."), "{text}");
}

#[test]
fn lines_alone_give_blocking() {
    let text = screen("b --calls 240 --per 30m --aht 300s --lines 50");
    assert!(text.starts_with("ANSWER   50 lines block 1.9 % of the calls.\n"), "{text}");
}

#[test]
fn goals_that_decide_together_are_named_together() {
    let text = screen("c --calls 57 --per 1h --aht 1h --occupancy 57% --min-agents 100");
    assert!(text.contains("The minimum and occupancy decide (100 each)."), "{text}");
}

#[test]
fn every_screen_fits_its_width() {
    let goals = Goals {
        asa_s: Some(1.0),
        p_wait: Some(0.02),
        abandon: Some(AbandonGoal { share: 0.01, net_of_short_s: None }),
        blocking: Some(0.01),
        max_occupancy: Some(0.8),
        min_agents: 2,
        ..Goals::service_level(0.9, 20.0)
    };
    for calls in [3.0, 240.0, 24_000.0, 2_400_000.0] {
        let question = Question {
            model: Model::A,
            calls,
            per_s: 1800.0,
            aht_s: 287.5,
            patience_s: Some(100.0),
            lines: Some(500_000),
            goals: goals.clone(),
            shrinkage: Some(0.325),
            evaluate: None,
        };
        let answer = answer(&question).unwrap();
        for width in [80, 100] {
            let text = answer_text(&answer, Style::plain(width));
            assert!(text.lines().all(|line| line.width() <= width), "{text}");
        }
    }
}
