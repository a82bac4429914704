// Each form has a database of its own, but SQLite waits for its lock on threads of the pool, and a form must not time out
// because another one has taken them all.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
