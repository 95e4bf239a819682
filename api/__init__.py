"""HTTP and SSE: requests become turns, turns become events. No decisions."""
