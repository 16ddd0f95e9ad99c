//! One plan cut among the islands: each may change its own share of the duties for an epoch and
//! sees the rest as it was; then the shares are put together.

use super::Work;
use crate::par;
use crate::patrol::route::Route;
use crate::rng::Rng;

/// Deals the duties out among the islands: by start, in runs, so that an island holds what
/// happens at one time; the cut moves from epoch to epoch.
pub fn share(islands: &mut [Work<'_>], seed: u64, epoch: u32) {
    let count = islands.len();
    if count == 1 {
        return;
    }
    let instance = islands[0].state.instance;
    let mut order: Vec<u32> = (0..instance.duties.len() as u32).collect();
    order.sort_by_key(|&d| (instance.duties[d as usize].start, d));
    let mut rng = Rng::stream(seed, u64::MAX, u64::from(epoch));
    let turn = rng.below(order.len());
    order.rotate_left(turn);
    let size = order.len().div_ceil(count);
    for (k, island) in islands.iter_mut().enumerate() {
        let mut scope =
            order[(k * size).min(order.len())..((k + 1) * size).min(order.len())].to_vec();
        scope.sort_unstable();
        island.member.fill(false);
        scope.iter().for_each(|&d| island.member[d as usize] = true);
        if scope.is_empty() {
            scope.push(order[0]);
        }
        island.scope = scope;
    }
}

/// Puts the islands' shares together: every island takes over the routes that others changed
/// in their shares, so that all hold the same plan again. The work follows what changed, not
/// the size of the plan. Returns the duties that changed, ascending.
pub fn gather(islands: &mut [Work<'_>]) -> Vec<u32> {
    let mut changed: Vec<u32> = islands
        .iter_mut()
        .flat_map(|island| island.state.touched())
        .collect();
    changed.sort_unstable();
    changed.dedup();
    if islands.len() == 1 {
        return changed;
    }
    let of_owner = |&duty: &u32| {
        let owner = islands.iter().find(|i| i.in_scope(duty));
        let owner = owner.unwrap_or(&islands[0]);
        owner.state.routes[duty as usize].clone()
    };
    let routes: Vec<Route> = changed.iter().map(of_owner).collect();
    par::for_each_mut(islands, |island| {
        for route in &routes {
            if !island.in_scope(route.duty) {
                island.state.replace(route.clone());
            }
        }
        island.state.commit();
        island.state.repair(&changed);
        island.state.touched();
    });
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patrol::instance::Crew;
    use crate::patrol::instance::Duty;
    use crate::patrol::instance::Instance;
    use crate::patrol::instance::Mode;
    use crate::patrol::instance::NONE;
    use crate::patrol::instance::Quota;
    use crate::patrol::instance::Series;
    use crate::patrol::instance::Task;
    use crate::patrol::instance::Window;

    /// Visits demanded once each, and crews that can all make them.
    fn instance(demands: u32, duties: usize) -> Instance {
        let task = |quota| Task {
            spot: 0,
            cover: NONE,
            series: quota,
            windows: vec![Window {
                open: 0,
                close: 1000,
                quota,
            }],
            length: vec![1],
            points: 1,
        };
        let duty = Duty {
            crew: 0,
            from: 0,
            to: 0,
            start: 0,
            end: 1000,
            breaks: Vec::new(),
        };
        Instance {
            horizon: 1000,
            spots: 1,
            modes: vec![Mode { times: vec![0] }],
            tasks: (0..demands).map(task).collect(),
            series: vec![Series { spacing: 0 }; demands as usize],
            quotas: vec![
                Quota {
                    count: 1,
                    broken: 0
                };
                demands as usize
            ],
            crews: vec![Crew {
                mode: 0,
                tasks: (0..demands).collect(),
                level: Vec::new(),
            }],
            duties: vec![duty; duties],
            ..Instance::default()
        }
    }

    #[test]
    fn shares_become_one_plan_in_which_nothing_counts_twice() {
        let instance = instance(40, 13);
        let mut rng = Rng::stream(2, 0, 0);
        for count in [1, 2, 3, 16] {
            let first = Work::new(&instance);
            let mut islands: Vec<Work<'_>> = (0..count).map(|_| first.again()).collect();
            for epoch in 0..6 {
                share(&mut islands, 1, epoch);
                for island in &mut islands {
                    for _ in 0..4 {
                        // What one island cannot see, another may serve as well.
                        let task = rng.below(40) as u32;
                        let duty = island.scope[rng.below(island.scope.len())];
                        let mark = island.state.mark();
                        if !island
                            .state
                            .insert(duty, 1, task, 0, 100 + rng.below(700) as i32)
                        {
                            island.state.rollback(mark);
                        }
                        island.state.commit();
                    }
                }
                let before = islands[0].state.routes.clone();
                let changed = gather(&mut islands);
                let whole = &islands[0].state;
                for island in &islands {
                    assert_eq!(island.state.routes, whole.routes);
                    assert_eq!(island.state.score, island.state.recost());
                    assert!(island.state.met.iter().all(|&met| met <= 1));
                }
                for (duty, route) in before.iter().enumerate() {
                    let same = *route == whole.routes[duty] || changed.contains(&(duty as u32));
                    assert!(same, "a change that was not told");
                }
            }
            assert!(
                islands[0].state.score.value > 5,
                "hardly anything was served"
            );
        }
    }
}
