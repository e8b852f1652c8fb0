//! An answer whatever happens.

use std::future::{poll_fn, Future};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::pin::pin;
use std::task::Poll;

use ita_core::domain::problem::{Problem, ProblemCode};

use super::Answer;

/// What a command answers, also if its work panics: without that the task ends in silence and the page waits for ever. The
/// panic itself is in the log.
///
/// Nothing of the work is used again, and the locks of what it shares with others are taken over where it left them
/// (`PoisonError::into_inner` throughout).
pub(super) async fn answered<T>(work: impl Future<Output = Answer<T>>) -> Answer<T> {
    let mut work = pin!(work);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(Problem::because(ProblemCode::Internal, "panic"))))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_and_the_next_command_works() {
        let before_and_after_waiting = [false, true];
        for waits in before_and_after_waiting {
            let answer: Answer<()> = answered(async {
                if waits {
                    tokio::task::yield_now().await;
                }
                panic!("a defect of ours");
            })
            .await;
            assert_eq!(answer.map_err(|problem| problem.code), Err(ProblemCode::Internal));
            assert_eq!(answered(async { Ok(7) }).await, Ok(7));
        }
    }

    #[tokio::test]
    async fn problems_pass_as_they_are() {
        let problem = Problem::because(ProblemCode::BadArgument, "zone");
        let answer: Answer<()> = answered(async { Err(problem.clone()) }).await;
        assert_eq!(answer, Err(problem));
    }
}
