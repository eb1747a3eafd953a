// The root program. Reads one JSON object, answers with one, and is gone.
process.exitCode = 70;
