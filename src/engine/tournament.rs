//! A winner tree: who is first among a fixed set of players, each with a key that changes often.
//!
//! One structure serves three questions: which agent of a team is free first (= has been idle longest), which team
//! with work waiting has an agent free first, which queue's next contact arrives first. Changing one key costs one
//! `min` per level, without a branch that could be mispredicted.

use crate::model::{GROUP_BITS, MOST_IN_A_GROUP};

/// The key of a player who is not in the game. Other keys pack an instant and the player's number, so that `u64`
/// order is (instant, number): ties go to the lower number, and the winner's key tells who won.
pub const OUT: u64 = u64::MAX;

/// The instant in a key; later than [`crate::model::LAST_TICK`] for [`OUT`].
#[inline]
pub fn instant(key: u64) -> u64 {
    key >> GROUP_BITS
}

/// The player in a key.
#[inline]
pub fn player(key: u64) -> usize {
    (key & (MOST_IN_A_GROUP as u64 - 1)) as usize
}

/// The key of a player at an instant.
#[inline]
pub fn key(at: u64, who: usize) -> u64 {
    at << GROUP_BITS | who as u64
}

/// Winner tree over keys; leaves in the second half of one array.
#[derive(Debug, Clone, Default)]
pub struct Tournament {
    tree: Vec<u64>,
    leaves: usize,
}

impl Tournament {
    /// A tree of `players`, all [`OUT`].
    pub fn new(players: usize) -> Self {
        assert!(players <= MOST_IN_A_GROUP, "checked when the model is compiled");
        let leaves = players.next_power_of_two().max(1);
        Self { tree: vec![OUT; 2 * leaves], leaves }
    }

    /// Everybody [`OUT`].
    pub fn clear(&mut self) {
        self.tree.fill(OUT);
    }

    /// The winner's key, or [`OUT`].
    #[inline]
    pub fn first(&self) -> u64 {
        self.tree[1]
    }

    /// Puts a player in at an instant.
    #[inline]
    pub fn set(&mut self, who: usize, at: u64) {
        self.put(who, key(at, who));
    }

    /// Takes a player out.
    #[inline]
    pub fn take_out(&mut self, who: usize) {
        self.put(who, OUT);
    }

    #[inline]
    fn put(&mut self, who: usize, key: u64) {
        let tree = &mut self.tree[..];
        let mut node = self.leaves + who;
        if tree[node] == key {
            return;
        }
        let mut winner = key;
        tree[node] = winner;
        while node > 1 {
            winner = winner.min(tree[node ^ 1]);
            node >>= 1;
            tree[node] = winner;
        }
    }

    /// All keys by player, for the rules that must look at everybody.
    pub fn keys(&self) -> &[u64] {
        &self.tree[self.leaves..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_is_the_smallest_key_and_ties_go_to_the_lower_number() {
        for players in [1, 2, 3, 80, 1000] {
            let mut tree = Tournament::new(players);
            assert_eq!(tree.first(), OUT);
            let mut at = vec![u64::MAX; players];
            for step in 0..5_000_u64 {
                let who = (step.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % players;
                if step % 7 == 0 {
                    at[who] = u64::MAX;
                    tree.take_out(who);
                } else {
                    at[who] = step * 37 % 101;
                    tree.set(who, at[who]);
                }
                match at.iter().enumerate().filter(|(_, t)| **t != u64::MAX).min_by_key(|(i, t)| (**t, *i)) {
                    None => assert_eq!(tree.first(), OUT),
                    Some((i, &t)) => assert_eq!((instant(tree.first()), player(tree.first())), (t, i)),
                }
            }
        }
    }
}
