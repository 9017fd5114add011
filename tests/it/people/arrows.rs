//! Every arrow of the conversation and nothing but it: coefficients typed by hand, contact and uniforms held equal.
//!
//! The chance of an outcome is found as the place of the contact's uniform number at which the outcome flips.

use callwright::people::*;

/// Everything that goes into one conversation.
#[derive(Clone)]
struct Talk {
    profile: Profile,
    state: State,
    caller: Caller,
    stated: Stated,
    effects: Effects,
}

/// How the caller feels, and whether he or she gets calmed, solved, satisfied: what is held equal.
#[derive(Clone, Copy, Debug)]
struct Given {
    mood: Mood,
    calmed: bool,
    resolved: bool,
    satisfied: bool,
}

const C: f64 = 0.4;
const DRAWN: Times = Times { talk: 240e6, hold: 30e6, wrap: 60e6, per_second: 1e6 };

impl Talk {
    fn average(mood: Mood) -> Self {
        let mut shares = [0.0; 4];
        shares[mood as usize] = 1.0;
        let stated = Stated {
            moods: Moods::new(shares),
            complexity: C,
            resolved: Some(0.9),
            satisfied: Some(1.3),
            offer: Some(Offer { chance: 0.4, sold: -1.7, talk_s: 45.0 }),
            retained: Some(2.1),
            ..Stated::default()
        };
        let caller = Caller { complexity: Some(C), ..Caller::default() };
        let state = State { transferred: -1.9, ..State::default() };
        Self { profile: Profile::default(), state, caller, stated, effects: Effects::default() }
    }

    fn set(&mut self, of: Trait, z: f64) {
        self.profile.scores[of as usize] = 50.0 + 20.0 * z;
    }

    fn come(&self, uniform: impl Fn(Chance) -> f64) -> Outcome {
        let agent = Agent::new(&self.profile, &self.effects);
        converse(&agent, &self.state, &self.caller, &self.stated, &self.effects, &DRAWN, uniform)
    }

    fn times(&self) -> [f64; 3] {
        let Times { talk, hold, wrap, .. } = self.come(|_| 1.0 - 1e-16).times;
        [talk, hold, wrap].map(|ticks| ticks / 1e6)
    }

    /// The place of one uniform number at which its outcome flips, all others held at what is given.
    fn chance(&self, of: Chance, given: Given) -> f64 {
        let happens = |u: f64| {
            let certain = |yes: bool| if yes { 1e-300 } else { 1.0 };
            let outcome = self.come(|which| match which {
                _ if which == of => u,
                Chance::Calmed => certain(given.calmed),
                Chance::Transferred => 1.0,
                Chance::Resolved => certain(given.resolved),
                Chance::Offered => certain(true),
                Chance::Satisfied => certain(given.satisfied),
                Chance::Sold | Chance::Retained => 0.5,
            });
            match of {
                Chance::Calmed => outcome.has(Came::Calmed),
                Chance::Transferred => outcome.is_transferred(),
                Chance::Resolved => outcome.has(Came::Resolved),
                Chance::Offered => outcome.has(Came::Offered),
                Chance::Sold => outcome.has(Came::Sold),
                Chance::Satisfied => outcome.has(Came::Satisfied),
                Chance::Retained => !outcome.has(Came::Lost),
            }
        };
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if happens(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

/// What is claimed to move: logarithms of factors on times, seconds added to talk, shifts of logits. Talk by the mood at
/// pick-up, satisfaction by the mood at the end.
#[derive(Clone, Copy, Default)]
struct Moves {
    talk: [f64; 4],
    hold: f64,
    wrap: f64,
    more_talk_s: f64,
    calmed: f64,
    transferred: f64,
    resolved: f64,
    satisfied: [f64; 4],
    sold: f64,
    retained: f64,
}

type Change = Box<dyn Fn(&mut Talk)>;

fn change(of: impl Fn(&mut Talk) + 'static) -> Change {
    Box::new(of)
}

const MOODS: [Mood; 4] = [Mood::Calm, Mood::Confused, Mood::Upset, Mood::Irate];

fn given() -> impl Iterator<Item = Given> {
    let yes_no = [true, false];
    MOODS.into_iter().flat_map(move |mood| {
        yes_no.into_iter().flat_map(move |calmed| {
            yes_no.into_iter().flat_map(move |resolved| {
                yes_no.into_iter().map(move |satisfied| Given { mood, calmed, resolved, satisfied })
            })
        })
    })
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// Compares one conversation with another that differs in one thing, in all moods and with all outcomes before.
fn check(name: &str, before: &Change, after: &Change, moves: &Moves) {
    for given in given() {
        let (mut a, mut b) = (Talk::average(given.mood), Talk::average(given.mood));
        before(&mut a);
        before(&mut b);
        after(&mut b);
        let what = |output: &str| format!("{name}, {output}, {given:?}");
        let (x, y) = (a.times(), b.times());
        let more = y[0] - moves.more_talk_s;
        // What is added stands outside all factors.
        let added = a.stated.verify_s;
        let factors = [(more - added) / (x[0] - added), y[1] / x[1], y[2] / x[2]];
        let logs = [moves.talk[given.mood as usize], moves.hold, moves.wrap];
        for (part, (factor, log)) in ["talk", "hold", "wrap"].iter().zip(factors.into_iter().zip(logs)) {
            if log == 0.0 && (moves.more_talk_s == 0.0 || *part != "talk") {
                assert_eq!(factor, 1.0, "{}", what(part));
            } else {
                assert!((factor.ln() - log).abs() < 1e-9, "{}: {} and not {log}", what(part), factor.ln());
            }
        }
        if *part_bits(&moves.talk, given.mood) == 0.0 && moves.more_talk_s == 0.0 {
            assert_eq!(x[0].to_bits(), y[0].to_bits(), "{}", what("talk"));
        }
        let heated = given.mood >= Mood::Upset;
        let feels = if heated && given.calmed { Mood::Calm } else { given.mood };
        let shifts = [
            (Chance::Calmed, moves.calmed, heated),
            (Chance::Transferred, moves.transferred, true),
            (Chance::Resolved, moves.resolved, true),
            (Chance::Satisfied, moves.satisfied[feels as usize], true),
            (Chance::Offered, 0.0, given.resolved && feels < Mood::Upset),
            (Chance::Sold, moves.sold, given.resolved && feels < Mood::Upset),
            (Chance::Retained, moves.retained, true),
        ];
        for (of, shift, ever) in shifts {
            let (p, q) = (a.chance(of, given), b.chance(of, given));
            let what = what(&format!("{of:?}"));
            if !ever {
                assert!(p < 1e-20 && q < 1e-20, "{what}: {p} {q}");
            } else if shift == 0.0 {
                assert_eq!(p.to_bits(), q.to_bits(), "{what}");
            } else {
                let moved = logit(q) - logit(p);
                assert!((moved - shift).abs() < 1e-9, "{what}: {moved} and not {shift}");
            }
        }
    }
}

fn part_bits(talk: &[f64; 4], mood: Mood) -> &f64 {
    &talk[mood as usize]
}

#[test]
fn each_trait_moves_what_it_claims_and_nothing_else() {
    let all = |x: f64| [x; 4];
    let none = Moves::default();
    for z in [1.0, -2.0, 0.35] {
        let s = f64::exp(-0.35 * z) - 1.0;
        let [confused, upset, irate] = [1.15_f64.ln(), 1.10_f64.ln(), 1.25_f64.ln()];
        let rows = [
            (Trait::Efficiency, Moves { talk: all(-0.18 * z), wrap: -0.18 * z, ..none }),
            (
                Trait::Patience,
                Moves {
                    talk: [0.0, confused * s, upset * s, irate * s],
                    calmed: 0.3 * z,
                    satisfied: [0.0, -0.2 * s, -0.6 * s, -1.2 * s],
                    ..none
                },
            ),
            (Trait::Sales, Moves { sold: 0.40 * z, ..none }),
            (
                Trait::Empathy,
                Moves {
                    talk: all(0.02 * z),
                    calmed: 0.5 * z,
                    satisfied: [0.25 * z, 0.25 * z, 0.50 * z, 0.50 * z],
                    ..none
                },
            ),
            (
                Trait::Communication,
                Moves {
                    talk: [-0.03 * z, -0.08 * z, -0.03 * z, -0.03 * z],
                    calmed: 0.2 * z,
                    resolved: 0.10 * z,
                    satisfied: all(0.20 * z),
                    ..none
                },
            ),
            (
                Trait::Knowledge,
                Moves { talk: all(-0.04 * z), hold: -0.15 * z, resolved: 0.35 * z, transferred: -0.35 * z, ..none },
            ),
            (Trait::Memory, Moves { hold: -0.10 * z, wrap: -0.10 * z, ..none }),
            (Trait::ProblemSolving, Moves { resolved: 0.25 * 0.4 * z, transferred: -0.35 * z, ..none }),
            (Trait::Adaptability, none),
            (Trait::Attitude, Moves { satisfied: all(0.10 * z), ..none }),
            (Trait::Professionalism, Moves { calmed: 0.3 * z, ..none }),
            (Trait::Persuasion, Moves { sold: 0.15 * z, retained: 0.40 * z, ..none }),
            (Trait::TimeManagement, Moves { wrap: -0.12 * z, ..none }),
        ];
        assert_eq!(rows.len(), TRAITS.len());
        for (of, moves) in rows {
            check(&format!("{} {z:+}", of.name()), &change(|_| ()), &change(move |t| t.set(of, z)), &moves);
        }
        // Callers who come again, and agents who switch.
        let again = change(|t| t.caller.returns = true);
        let memory = Moves { talk: all(-0.08 * z), hold: -0.10 * z, wrap: -0.10 * z, ..none };
        check("memory of who comes again", &again, &change(move |t| t.set(Trait::Memory, z)), &memory);
        let less = f64::exp(-0.25 * z) - 1.0;
        let switched = change(|t| t.state.switched = true);
        let switch = Moves { more_talk_s: 10.0 * less, satisfied: all(-0.10 * less), ..none };
        check("adaptability", &switched, &change(move |t| t.set(Trait::Adaptability, z)), &switch);
        // Hard problems need problem solving more.
        let hard = change(|t| t.caller.complexity = Some(0.8));
        let solving = Moves { resolved: 0.25 * 0.8 * z, transferred: -0.35 * z, ..none };
        check("hard problems", &hard, &change(move |t| t.set(Trait::ProblemSolving, z)), &solving);
    }
}

#[test]
fn everything_else_moves_what_it_claims_and_nothing_else() {
    let all = |x: f64| [x; 4];
    let (nothing, none) = (change(|_| ()), Moves::default());
    let rows: [(&str, Change, Moves); 15] = [
        (
            "complexity +0.2",
            change(|t| t.caller.complexity = Some(C + 0.2)),
            Moves { talk: all(0.6 * 0.2), wrap: 0.6 * 0.2, resolved: -2.0 * 0.2, ..none },
        ),
        ("5 minutes", change(|t| t.caller.waited_min = 5.0), Moves { satisfied: all(-0.10 * 5.0), ..none }),
        ("a caller who comes again", change(|t| t.caller.returns = true), none),
        ("7 points of strain", change(|t| t.state.strain = 7.0), Moves { satisfied: all(-0.02 * 7.0), ..none }),
        ("a switch", change(|t| t.state.switched = true), Moves { more_talk_s: 10.0, satisfied: all(-0.10), ..none }),
        ("a good day", change(|t| t.state.shock = 0.3), Moves { satisfied: all(0.3), ..none }),
        (
            "six hours on the floor",
            change(|t| t.state.fatigue = fatigue(6.0 * 3600.0, &Effects { fatigue: true, ..Effects::default() })),
            Moves { talk: all(0.1 * 1.5_f64.ln()), hold: 0.1 * 1.5_f64.ln(), wrap: 0.1 * 1.5_f64.ln(), ..none },
        ),
        (
            "a quota that presses out a tenth of talk",
            change(|t| t.state.hurry = 0.1),
            Moves { talk: all(0.9_f64.ln()), wrap: 2.0 * 0.9_f64.ln(), resolved: -0.2, satisfied: all(-0.2), ..none },
        ),
        (
            "callers waiting",
            change(|t| t.state.pressed = true),
            Moves { talk: all(0.95_f64.ln()), resolved: -0.15, satisfied: all(-0.15), ..none },
        ),
        ("verifying", change(|t| t.stated.verify_s = 20.0), Moves { more_talk_s: 20.0, resolved: 0.5, ..none }),
        ("ten weeks on the job", change(|t| t.profile.weeks = Some(10.0)), weeks(10.0)),
        ("less than a week on the job", change(|t| t.profile.weeks = Some(0.3)), weeks(1.0)),
        ("60 weeks on the job", change(|t| t.profile.weeks = Some(60.0)), none),
        ("an abusive caller where agents bear it", change(|t| t.caller.abusive = true), none),
        ("a place among the moods where all feel alike", change(|t| t.caller.mood = 0.9), none),
    ];
    for (name, after, moves) in rows {
        check(name, &nothing, &after, &moves);
    }
    // 1.64 in week 1.
    assert!((f64::exp(weeks(1.0).hold) - 1.64).abs() < 0.005);
}

fn weeks(n: f64) -> Moves {
    let time = 0.125 * (52.0 / n).ln();
    Moves { talk: [time; 4], hold: time, wrap: time, resolved: 0.30 * (n / 52.0).ln(), ..Moves::default() }
}

/// Of outcomes on one another, and of moods: against a calm, solved and satisfied caller.
#[test]
fn moods_and_outcomes_move_what_follows() {
    let calm = Given { mood: Mood::Calm, calmed: false, resolved: true, satisfied: true };
    let shift = |of: Chance, given: Given| {
        let (a, b) = (Talk::average(Mood::Calm), Talk::average(given.mood));
        logit(b.chance(of, given)) - logit(a.chance(of, calm))
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} and not {b}");
    for (mood, talk, satisfied) in [(Mood::Confused, 1.15, -0.2), (Mood::Upset, 1.10, -0.6), (Mood::Irate, 1.25, -1.2)]
    {
        let given = Given { mood, ..calm };
        close(Talk::average(mood).times()[0], 240.0 * talk);
        assert_eq!(Talk::average(mood).times()[1..], [30.0, 60.0]);
        close(shift(Chance::Satisfied, given), satisfied);
        close(shift(Chance::Satisfied, Given { resolved: false, ..given }), satisfied - 2.0);
        if mood >= Mood::Upset {
            close(shift(Chance::Satisfied, Given { calmed: true, ..given }), 0.0);
            close(logit(Talk::average(mood).chance(Chance::Calmed, given)), -1.0);
        }
        for of in [Chance::Transferred, Chance::Resolved, Chance::Retained] {
            assert_eq!(shift(of, given), 0.0, "{of:?} {mood:?}");
        }
    }
    close(shift(Chance::Retained, Given { resolved: false, ..calm }), -1.0);
    close(shift(Chance::Retained, Given { satisfied: false, ..calm }), -0.5);
    close(shift(Chance::Retained, Given { satisfied: false, resolved: false, ..calm }), -1.5);
    // What is stated is what a calm caller and an average agent get.
    let average = Talk::average(Mood::Calm);
    let stated = [
        (Chance::Resolved, 0.9),
        (Chance::Satisfied, 1.3),
        (Chance::Sold, -1.7),
        (Chance::Retained, 2.1),
        (Chance::Transferred, -1.9),
    ];
    for (of, expected) in stated {
        close(logit(average.chance(of, calm)), expected);
    }
    close(average.chance(Chance::Offered, calm), 0.4);
    let offered = average.come(|_| 1e-300 + 0.0);
    assert!(
        offered.is_transferred()
            && !offered.has(Came::Offered)
            && !offered.has(Came::Sold)
            && !offered.has(Came::Satisfied)
    );
    let made = average.come(|of| if of == Chance::Transferred { 1.0 } else { 1e-300 });
    assert!(made.has(Came::Offered) && made.has(Came::Sold) && made.times.talk == 240e6 + 45e6);
}

/// The first mood in which a caller answers at a place changes at cumulated share - 0.01 w, by one step at most.
#[test]
fn waiting_worsens_moods_by_one_step_at_most() {
    let moods = Moods::new([0.70, 0.05, 0.15, 0.10]);
    let mut talk = Talk::average(Mood::Calm);
    talk.stated.moods = moods;
    let mut mood = |place: f64, waited_min: f64| {
        (talk.caller.mood, talk.caller.waited_min) = (place, waited_min);
        talk.come(|_| 0.5).mood
    };
    for (bound, from, to) in
        [(0.70, Mood::Calm, Mood::Confused), (0.75, Mood::Confused, Mood::Upset), (0.90, Mood::Upset, Mood::Irate)]
    {
        for waited in [0.0, 1.0, 4.0] {
            let at = bound - 0.01 * waited;
            assert_eq!((mood(at - 1e-9, waited), mood(at + 1e-9, waited)), (from, to), "{bound} {waited}");
        }
    }
    // 15 minutes would make 0.65 upset.
    assert_eq!(mood(0.65, 15.0), Mood::Confused);
    assert_eq!(mood(0.72, 60.0), Mood::Upset);
    assert_eq!(mood(0.99, 60.0), Mood::Irate);
}

#[test]
fn abuse_ends_calls_of_the_abusive_irate_only() {
    for mood in MOODS {
        for (abusive, policy) in [(true, Some(90.0)), (true, None), (false, Some(90.0)), (true, Some(9_000.0))] {
            let mut talk = Talk::average(mood);
            talk.caller.abusive = abusive;
            let borne = talk.come(|_| 1e-300);
            talk.stated.end_abuse_s = policy;
            let outcome = talk.come(|_| 1e-300);
            if let (Mood::Irate, true, Some(end_s)) = (mood, abusive, policy) {
                assert!(
                    outcome.has(Came::Ended)
                        && !outcome.has(Came::Resolved)
                        && !outcome.has(Came::Satisfied)
                        && !outcome.has(Came::Calmed)
                );
                assert_eq!(outcome.times.talk, f64::min(240e6 * 1.25, end_s * 1e6));
                assert!(
                    outcome.has(Came::Judged)
                        && outcome.has(Came::Rated)
                        && !outcome.has(Came::Offered)
                        && !outcome.is_transferred()
                );
            } else {
                assert_eq!(outcome, borne);
            }
        }
    }
}

/// A profile of averages, nothing stated, whatever the caller: the times are those drawn, to the last bit.
#[test]
fn neutral_times_are_the_drawn_ones() {
    let (agent, effects) = (Agent::default(), Effects::default());
    for (talk, hold, wrap) in [(1.0 / 3.0, 0.0, 0.1), (123_456_789.123, 7.7e5, 3.3e7), (1e15, 1.0, 2.0)] {
        for (place, waited_min, returns, abusive) in [(0.01, 0.0, false, false), (0.999, 90.0, true, true)] {
            let caller = Caller { mood: place, complexity: None, waited_min, returns, abusive, first: !returns };
            let drawn = Times { talk, hold, wrap, per_second: 1e6 };
            let outcome =
                converse(&agent, &State::default(), &caller, &Stated::default(), &effects, &drawn, |_| panic!());
            assert_eq!(outcome.times, drawn);
            assert!(!outcome.is_unsolved() && !outcome.has(Came::Lost) && outcome.mood == Mood::Calm);
        }
    }
}

/// What is left of a day: strain, the spread of days, reliability.
#[test]
fn what_traits_do_to_an_agents_days() {
    let effects = Effects::default();
    let agent = |of: &[(Trait, f64)]| {
        let mut profile = Profile::default();
        of.iter().for_each(|(of, z)| profile.scores[*of as usize] = 50.0 + 20.0 * z);
        Agent::new(&profile, &effects)
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} and not {b}");
    let feels = agent(&[(Trait::Empathy, 1.5), (Trait::Attitude, -1.0)]);
    close(strain_after(2.0, &feels, Mood::Irate, false), 2.0 + f64::exp(0.15 + 0.10));
    close(strain_after(2.0, &feels, Mood::Irate, true), 2.0);
    close(strain_after(2.0, &feels, Mood::Upset, false), 2.0);
    close(strain_now(8.0, 4.0 * 3600.0, &effects), 2.0);
    for of in TRAITS {
        let z = 1.25;
        let one = agent(&[(of, z)]);
        let professional = if of == Trait::Professionalism { f64::exp(-0.20 * z) } else { 1.0 };
        close(one.shock_sd(), 0.15 * professional);
        close(one.unreliability(), professional);
        let strain = match of {
            Trait::Empathy => f64::exp(0.10 * z),
            Trait::Attitude => f64::exp(-0.10 * z),
            _ => 1.0,
        };
        close(strain_after(0.0, &one, Mood::Irate, false), strain);
    }
    // Four hours tire nobody; a quota asks for nothing that is done anyway, and not for more than a fifth.
    let tired = Effects { fatigue: true, ..effects };
    close(fatigue(4.0 * 3600.0, &tired), 1.0);
    close(fatigue(8.0 * 3600.0, &tired), 2.0_f64.powf(0.1));
    close(fatigue(8.0 * 3600.0, &effects), 1.0);
    close(quota_hurry(12.0, 300.0, &effects), 0.0);
    close(quota_hurry(15.0, 300.0, &effects), (1.0_f64 - 240.0 / 300.0).clamp(0.0, 0.2));
    close(quota_hurry(13.0, 300.0, &effects), 1.0 - 3600.0 / 13.0 / 300.0);
    close(quota_hurry(60.0, 300.0, &effects), 0.2);
}

/// Proportional odds (McCullagh 1980): five when satisfied, and the share of at least r has a logit 5 - r steps above that
/// of fives. Counted on an even grid of uniform numbers, so that shares are exact to one part in the grid.
#[test]
fn ratings_are_a_step_apart() {
    const GRID: u32 = 20_000;
    for (step, mood) in [(1.0, Mood::Calm), (0.4, Mood::Irate), (0.0, Mood::Upset)] {
        let mut talk = Talk::average(mood);
        talk.effects.rating_step = step;
        talk.state.transferred = f64::NEG_INFINITY;
        let rate = |place: f64| {
            talk.come(|of| match of {
                Chance::Satisfied => place,
                Chance::Resolved => 1e-300,
                _ => 1.0 - 1e-16,
            })
        };
        let mut least = [0_u32; 6];
        for i in 0..GRID {
            let outcome = rate((f64::from(i) + 0.5) / f64::from(GRID));
            assert_eq!(outcome.has(Came::Satisfied), outcome.rating == 5);
            (1..=usize::from(outcome.rating)).for_each(|r| least[r] += 1);
        }
        let top = 1.3 - [0.0, 0.2, 0.6, 1.2][mood as usize];
        for r in 2..=5_u32 {
            let stated = 1.0 / (1.0 + f64::exp(-top - step * f64::from(5 - r)));
            let found = f64::from(least[r as usize]) / f64::from(GRID);
            assert!(
                (found - stated).abs() <= 1.0 / f64::from(GRID),
                "at least {r} with steps of {step}: {found}, {stated}"
            );
        }
        assert_eq!(least[1], GRID);
    }
    let mut nobody_asked = Talk::average(Mood::Calm);
    nobody_asked.stated.satisfied = None;
    assert_eq!(nobody_asked.come(|_| 0.5).rating, 0);
}
