//! What every start is measured against.

use std::path::{Path, PathBuf};

use crate::rig::Rig;

/// The smallest program there is: static, so that no loader runs.
pub(crate) fn program(rig: &Rig) -> (PathBuf, String) {
    let source = rig.path("empty.c");
    std::fs::write(&source, "int main(void) { return 0; }\n").expect("a file of the scratch root");
    let program = rig.path("empty");
    for compiler in ["musl-gcc", "cc"] {
        if compiles(rig, compiler, &source, &program) {
            return (program, format!("`{compiler} -static -Os`, of `int main(void) {{ return 0; }}`"));
        }
    }
    panic!("neither `musl-gcc` nor `cc` makes a static program")
}

fn compiles(rig: &Rig, compiler: &str, source: &Path, program: &Path) -> bool {
    rig.command(compiler)
        .args(["-static", "-Os", "-o"])
        .args([program, source])
        .status()
        .is_ok_and(|status| status.success())
}
