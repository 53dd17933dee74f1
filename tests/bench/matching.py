#!/usr/bin/python3
"""matching.py BUILD [N]: matching with reasons beside SciPy's assignment alone on the same weights, in turns, best of each.

BUILD is a release build with b_matching in it (ninja -C BUILD b_matching). SciPy is Debian's python3-scipy. Exit 1 when the optima
differ. Figures to hold: 1,000 x 1,000 with reasons under 1 s, and the assignment never slower than SciPy's."""
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy
import scipy
from scipy.optimize import linear_sum_assignment


def one(build, n, seed):
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "weights")
        for _ in range(3):
            line = subprocess.run([os.path.join(build, "b_matching"), str(n), str(seed), path], check=True, stdout=subprocess.PIPE).stdout
            ours.append(json.loads(line))
            weights = numpy.fromfile(path, dtype="<i8").reshape(n, n).astype(float)
            for _ in range(3):
                start = time.process_time()
                rows, columns = linear_sum_assignment(weights, maximize=True)
                theirs.append((time.process_time() - start) * 1000)
            best = int(numpy.fromfile(path, dtype="<i8").reshape(n, n)[rows, columns].sum())
    first = ours[0]
    return {
        "n": n, "possible": first["possible"], "pairs": first["pairs"], "reasons": first["reasons"],
        "propose": min(o["propose_ms"] for o in ours), "solver": min(o["solver_ms"] for o in ours), "scipy": min(theirs),
        "equal": all(o["total"] == best and o["same_as_solver"] and o["proved"] for o in ours),
    }


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build-rel"
    sizes = [int(sys.argv[2])] if len(sys.argv) > 2 else [100, 500, 1000, 2000]
    print(f"SciPy {scipy.__version__}; ms of CPU, best of 9; 'all' is scoring, assignment, reasons and alternatives")
    print(f"{'n':>5} {'possible':>9} {'pairs':>6} {'reasons':>8} {'all':>8} {'assign':>8} {'SciPy':>8} {'SciPy/assign':>13} {'SciPy/all':>10}  optimum")
    bad = False
    for n in sizes:
        for seed in (1, 2):
            r = one(build, n, seed)
            bad |= not r["equal"]
            print(f"{r['n']:>5} {r['possible']:>9} {r['pairs']:>6} {r['reasons']:>8} {r['propose']:>8.1f} {r['solver']:>8.1f} {r['scipy']:>8.1f} "
                  f"{r['scipy'] / r['solver']:>13.2f} {r['scipy'] / r['propose']:>10.2f}  {'equal' if r['equal'] else 'DIFFERENT'}")
    return bad


if __name__ == "__main__":
    sys.exit(main())
