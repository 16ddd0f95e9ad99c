//! The restricted master problem: which of the schedules known so far.

use highs::Col;
use highs::ColProblem;
use highs::HighsModelStatus;
use highs::Model;
use highs::Row;
use highs::Sense;

use super::prices::SCALE;
use super::prices::Scope;
use crate::roster::model::OFF;

/// A simplex iteration takes about as long as so many values for each row.
const ITERATION: u64 = 200;

/// A schedule of a person of the scope.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Which of the people of the scope.
    pub(super) who: usize,
    /// Seats of the days of the window.
    pub(super) seats: Vec<u16>,
    /// What the person's whole schedule costs by itself.
    pub(super) cost: i64,
}

/// What columns share: one for each person, and how many sit in each cell.
pub(super) struct Rows {
    /// One column each.
    people: Vec<Row>,
    /// Of the cells of the window; `None` where none of these people can sit.
    cells: Vec<Option<Row>>,
    /// Number of variables in front of the columns: what those who sit in a cell cost, in pieces.
    pub(super) pieces: usize,
}

/// The linear program over the columns known so far.
pub(super) struct Master {
    /// There between calls, until the solver fails.
    model: Option<Model>,
    rows: Rows,
    pub(super) columns: Vec<Column>,
    cols: Vec<Col>,
    /// Columns of each person.
    pub(super) of: Vec<Vec<usize>>,
    /// Whether bounds have changed since the last solve.
    bent: bool,
    /// Work of the linear programs so far, in values.
    pub(super) work: u64,
}

/// What a solve of the linear program tells.
#[derive(Debug)]
pub(super) struct Relaxed {
    pub(super) value: f64,
    /// Price of each cell of the window, in parts of a unit of cost.
    pub(super) cells: Vec<i32>,
    /// What each person's column must cost less than, in parts of a unit.
    pub(super) people: Vec<i64>,
    /// Share of each column.
    pub(super) shares: Vec<f64>,
}

impl std::fmt::Debug for Master {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Master");
        shown.field("rows", &self.rows.count());
        shown
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// A program for the solver: on one thread, so that the answer is always the same.
pub(super) fn model(program: ColProblem, seed: i32) -> Model {
    let mut model = program.optimise(Sense::Minimise);
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("parallel", "off");
    model.set_option("random_seed", seed);
    model
}

impl Rows {
    /// Begins a program with the rows of a scope and no columns; with `integer`, numbers of people are whole.
    pub(super) fn new(lp: &mut ColProblem, scope: &Scope<'_>, integer: bool) -> Self {
        let people: Vec<Row> = scope.people.iter().map(|_| lp.add_row(1.0..=1.0)).collect();
        let mut pieces = 0;
        let mut cells = Vec::new();
        for cell in scope.cells() {
            let most = scope.able(cell);
            if most == 0 {
                cells.push(None);
                continue;
            }
            let row = lp.add_row(0.0..=0.0);
            cells.push(Some(row));
            let mut n = 0;
            while n < most {
                let step = scope.step(cell, n);
                let end = (n..most).find(|&k| scope.step(cell, k) != step);
                let end = end.unwrap_or(most);
                let bounds = 0.0..=(end - n) as f64;
                match integer {
                    true => lp.add_integer_column(f64::from(step), bounds, [(row, -1.0)]),
                    false => lp.add_column(f64::from(step), bounds, [(row, -1.0)]),
                };
                pieces += 1;
                n = end;
            }
        }
        Self {
            people,
            cells,
            pieces,
        }
    }

    /// The rows that a column is in.
    pub(super) fn of(&self, scope: &Scope<'_>, column: &Column) -> Vec<(Row, f64)> {
        let width = scope.rules.problem.seats.len();
        let days = column.seats.iter().enumerate().filter(|(_, s)| **s != OFF);
        let cells = days.filter_map(|(d, &seat)| self.cells[d * width + seat as usize]);
        let person = std::iter::once(self.people[column.who]);
        person.chain(cells).map(|row| (row, 1.0)).collect()
    }

    /// Work of a simplex iteration, in values.
    pub(super) fn iteration(&self) -> u64 {
        self.count() as u64 * ITERATION
    }

    /// How many.
    fn count(&self) -> usize {
        self.people.len() + self.cells.iter().flatten().count()
    }
}

impl Master {
    pub(super) fn new(scope: &Scope<'_>) -> Self {
        let mut lp = ColProblem::new();
        let rows = Rows::new(&mut lp, scope, false);
        let mut model = model(lp, 1);
        model.set_option("solver", "simplex");
        Self {
            model: Some(model),
            rows,
            columns: Vec::new(),
            cols: Vec::new(),
            of: vec![Vec::new(); scope.people.len()],
            bent: false,
            work: 0,
        }
    }

    /// Adds a column.
    pub(super) fn add(&mut self, scope: &Scope<'_>, column: Column) {
        let rows = self.rows.of(scope, &column);
        if let Some(model) = &mut self.model {
            let col = model.add_col(column.cost as f64, 0.0.., rows);
            self.cols.push(col);
            self.of[column.who].push(self.columns.len());
            self.columns.push(column);
        }
    }

    /// Takes a column for good.
    pub(super) fn fix(&mut self, column: usize) {
        let who = self.columns[column].who;
        for k in 0..self.of[who].len() {
            let other = self.of[who][k];
            // Left free, they would only be in the way of the simplex.
            let share = if other == column { 1.0 } else { 0.0 };
            self.bound(other, share);
        }
    }

    fn bound(&mut self, column: usize, share: f64) {
        if let Some(model) = &mut self.model {
            model.change_column_bounds(self.cols[column], share..=share);
            self.bent = true;
        }
    }

    /// Solves the linear program. `None` when the solver fails.
    pub(super) fn relax(&mut self) -> Option<Relaxed> {
        let mut model = self.model.take()?;
        // New columns leave the basis primal feasible, other bounds leave it dual feasible.
        let strategy = if std::mem::take(&mut self.bent) { 1 } else { 4 };
        model.set_option("simplex_strategy", strategy);
        let solved = model.try_solve().ok()?;
        let fine = solved.status() == HighsModelStatus::Optimal;
        let iterations = solved.simplex_iteration_count().max(0) as u64;
        self.work += iterations * self.rows.iteration();
        let value = solved.objective_value();
        let solution = solved.get_solution();
        self.model = Some(solved.into());
        if !fine {
            return None;
        }
        let dual = solution.dual_rows();
        let scaled = |v: f64| (v * f64::from(SCALE)).round();
        let persons = self.rows.people.len();
        let mut at = persons;
        let cells = self.rows.cells.iter().map(|row| match row {
            None => 0,
            Some(_) => {
                at += 1;
                -(scaled(dual[at - 1]) as i32).max(-i32::MAX)
            }
        });
        Some(Relaxed {
            value,
            cells: cells.collect(),
            people: dual[..persons].iter().map(|&v| scaled(v) as i64).collect(),
            shares: solution.columns()[self.rows.pieces..].to_vec(),
        })
    }
}
