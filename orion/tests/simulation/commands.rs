//! The commands that were sent, by number, and what became of them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use orion::store::{Write, job};

use crate::dice::Dice;
use crate::notes::command;

#[derive(Default)]
pub(crate) struct Commands(Arc<Mutex<Vec<Sent>>>);

struct Sent {
    refuses: bool,
    answer: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Awaited,
    Kept,
    Refused,
    /// The process that was asked is gone.
    Never,
}

impl Commands {
    /// One more command: what it does, in words, and the write.
    pub(crate) fn send(&self, dice: &mut Dice) -> (String, Write) {
        let at = self.all().len();
        let number = i64::try_from(at).expect("a small number");
        let command = command(number, dice);
        self.all().push(Sent { refuses: command.refuses, answer: Answer::Awaited });
        let all = Arc::clone(&self.0);
        let done = move |result: orion::Result<()>| {
            all.lock().unwrap()[at].answer = if result.is_ok() { Answer::Kept } else { Answer::Refused };
        };
        (format!("command {number}: {}", command.words), job(command.run, done))
    }

    /// How many were answered with success.
    pub(crate) fn kept(&self) -> usize {
        self.all().iter().filter(|sent| sent.answer == Answer::Kept).count()
    }

    /// Whoever waits will not be answered any more.
    pub(crate) fn process_dies(&self) {
        for sent in self.all().iter_mut().filter(|sent| sent.answer == Answer::Awaited) {
            sent.answer = Answer::Never;
        }
    }

    /// All came to rest, and these are in the store: what was answered with success must be, what was refused must not, and
    /// what was never answered may be. Nobody waits any more.
    pub(crate) fn judge(&self, stored: &BTreeSet<i64>) -> Result<(), String> {
        let all = self.all();
        if let Some(unknown) =
            stored.iter().find(|&&number| usize::try_from(number).is_ok_and(|at| at >= all.len()))
        {
            return Err(format!("the store has command {unknown}, which nobody sent"));
        }
        let right = |(number, sent): &(i64, &Sent)| match sent.answer {
            Answer::Awaited => false,
            Answer::Kept => stored.contains(number) && !sent.refuses,
            Answer::Refused => !stored.contains(number) && sent.refuses,
            Answer::Never => !stored.contains(number) || !sent.refuses,
        };
        (0..).zip(&*all).find(|sent| !right(sent)).map_or(Ok(()), |(number, sent)| {
            let is = if stored.contains(&number) { "in the store" } else { "not in the store" };
            Err(format!("command {number} is {is}, and its answer is {:?}", sent.answer))
        })
    }

    fn all(&self) -> MutexGuard<'_, Vec<Sent>> {
        self.0.lock().unwrap()
    }
}
