// What electron/cli.ts is in a checkout, for the executable in a package. The code in there is no ES module, so it
// cannot wait at its top, and it was compiled beforehand, so it keeps no cache of compiled code.
import { runCommandLine } from '../../electron/cli/command-line.ts';

void runCommandLine(process.argv.slice(2));
