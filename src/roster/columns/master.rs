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

/// The linear program over the columns known so far.
pub(super) struct Master {
    /// Always there between calls.
    model: Option<Model>,
    /// One column each.
    people: Vec<Row>,
    /// Rows of the cells of the window; `None` where none of these people can sit.
    cells: Vec<Option<Row>>,
    pub(super) columns: Vec<Column>,
    cols: Vec<Col>,
    /// Number of variables in front of the columns.
    pieces: usize,
    /// Columns of each person.
    pub(super) of: Vec<Vec<usize>>,
    /// Whether bounds have changed since the last solve.
    bent: bool,
    /// Simplex iterations so far.
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
        shown.field("rows", &self.rows());
        shown
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

impl Master {
    pub(super) fn new(scope: &Scope<'_>) -> Self {
        let mut lp = ColProblem::new();
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
                lp.add_column(f64::from(step), 0.0..=(end - n) as f64, [(row, -1.0)]);
                pieces += 1;
                n = end;
            }
        }
        let mut model = lp.optimise(Sense::Minimise);
        model.make_quiet();
        model.set_option("solver", "simplex");
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("random_seed", 1);
        Self {
            model: Some(model),
            people,
            cells,
            columns: Vec::new(),
            cols: Vec::new(),
            pieces,
            of: vec![Vec::new(); scope.people.len()],
            bent: false,
            work: 0,
        }
    }

    /// Adds a column.
    pub(super) fn add(&mut self, scope: &Scope<'_>, column: Column) {
        let width = scope.rules.problem.seats.len();
        let mut rows = vec![(self.people[column.who], 1.0)];
        for (d, &seat) in column.seats.iter().enumerate().filter(|(_, s)| **s != OFF) {
            if let Some(row) = self.cells[d * width + seat as usize] {
                rows.push((row, 1.0));
            }
        }
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
            match other == column {
                true => self.bound(other, 1.0..=1.0),
                // Left free, they would only be in the way of the simplex.
                false => self.bound(other, 0.0..=0.0),
            }
        }
    }

    fn bound(&mut self, column: usize, between: std::ops::RangeInclusive<f64>) {
        if let Some(model) = &mut self.model {
            model.change_column_bounds(self.cols[column], between);
            self.bent = true;
        }
    }

    /// Rows of the linear program.
    pub(super) fn rows(&self) -> usize {
        self.people.len() + self.cells.iter().flatten().count()
    }

    /// Solves the linear program. `None` when the solver fails.
    pub(super) fn relax(&mut self) -> Option<Relaxed> {
        let mut model = self.model.take()?;
        // New columns leave the basis primal feasible, other bounds leave it dual feasible.
        let strategy = if std::mem::take(&mut self.bent) { 1 } else { 4 };
        model.set_option("simplex_strategy", strategy);
        let solved = model.try_solve().ok()?;
        let fine = solved.status() == HighsModelStatus::Optimal;
        self.work += solved.simplex_iteration_count() as u64;
        let value = solved.objective_value();
        let solution = solved.get_solution();
        self.model = Some(solved.into());
        if !fine {
            return None;
        }
        let dual = solution.dual_rows();
        let scaled = |v: f64| (v * f64::from(SCALE)).round();
        let persons = self.people.len();
        let mut at = persons;
        let cells = self.cells.iter().map(|row| match row {
            None => 0,
            Some(_) => {
                at += 1;
                -(scaled(dual[at - 1]) as i32)
            }
        });
        Some(Relaxed {
            value,
            cells: cells.collect(),
            people: dual[..persons].iter().map(|&v| scaled(v) as i64).collect(),
            shares: solution.columns()[self.pieces..].to_vec(),
        })
    }
}
