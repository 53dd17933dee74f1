/* A left sends one unit, over an arc to a right or, worth nothing, straight to the sink; a right sends at most its capacity on. The
 * arcs between left and right have no upper bound of their own, so at the optimum none of them has a price above its ends': that is
 * what makes the potentials a proof. */
#include "domain/assign_lemon.h"
#define LEMON_ONLY_TEMPLATES /* the headers alone; nothing to link */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#pragma GCC diagnostic pop
#include <utility>
#include <vector>

namespace {

using graph = lemon::StaticDigraph;
using simplex = lemon::NetworkSimplex<graph, int, int64_t>;

bool solve(const assign_lemon_problem &p, const assign_lemon_answer &out)
{
    const int n_left = p.n_left, n_right = p.n_right, sink = n_left + n_right;
    std::vector<std::pair<int, int>> ends; /* sorted by source: the arcs come sorted by left, then the way out of each left */
    std::vector<int64_t> cost;
    ends.reserve(p.n_arcs + static_cast<size_t>(sink));
    cost.reserve(ends.capacity());
    size_t k = 0;
    for (int i = 0; i < n_left; i++) {
        for (; k < p.n_arcs && p.arcs[k].left == i; k++) {
            ends.emplace_back(i, n_left + p.arcs[k].right);
            cost.push_back(-p.arcs[k].weight);
        }
        ends.emplace_back(i, sink);
        cost.push_back(0);
    }
    const int first_out = static_cast<int>(ends.size());
    for (int j = 0; j < n_right; j++) {
        ends.emplace_back(n_left + j, sink);
        cost.push_back(0);
    }
    graph g;
    g.build(sink + 1, ends.begin(), ends.end());
    simplex ns(g);
    graph::ArcMap<int64_t> costs(g);
    graph::ArcMap<int> upper(g, n_left + 1); /* more than ever flows */
    graph::NodeMap<int> supply(g, 0);
    for (int e = 0; e < g.arcNum(); e++)
        costs[graph::arcFromId(e)] = cost[static_cast<size_t>(e)];
    for (int j = 0; j < n_right; j++)
        upper[graph::arcFromId(first_out + j)] = p.capacity[j];
    for (int i = 0; i < n_left; i++)
        supply[graph::nodeFromId(i)] = 1;
    supply[graph::nodeFromId(sink)] = -n_left;
    if (ns.costMap(costs).upperMap(upper).supplyMap(supply).run() != simplex::OPTIMAL)
        return false;
    for (int e = 0; e < first_out; e++)
        if (ns.flow(graph::arcFromId(e)) > 0) {
            const auto &way = ends[static_cast<size_t>(e)];
            out.right_of[way.first] = way.second == sink ? -1 : way.second - n_left;
        }
    const int64_t base = ns.potential(graph::nodeFromId(sink));
    for (int i = 0; i < n_left; i++)
        out.u[i] = ns.potential(graph::nodeFromId(i)) - base;
    for (int j = 0; j < n_right; j++) { /* a right with places left may stand below the sink: then nobody goes there, at no price */
        const int64_t price = base - ns.potential(graph::nodeFromId(n_left + j));
        out.v[j] = price > 0 ? price : 0;
    }
    return true;
}

} // namespace

bool assign_lemon(const assign_lemon_problem *p, const assign_lemon_answer *out)
{
    try {
        return solve(*p, *out);
    } catch (...) { /* no C++ exception may leave this file */
        return false;
    }
}
