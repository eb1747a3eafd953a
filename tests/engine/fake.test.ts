import { FakeEngine } from './fake-engine.ts';
import { fakeAnswer, fakeCommand, fakeProgram } from './programs.ts';
import { describeEngine } from './suite.ts';

describeEngine('the fake engine', 'fake', async () => {
  const engine = new FakeEngine({ program: fakeProgram });
  engine.onRun = ({ entrypoint, command, files }) =>
    fakeAnswer([...entrypoint, ...command], new Map(files.map((file) => [file.path, file])));
  engine.onExecute = (container, command, input) => fakeAnswer(command, container.files, input);
  engine.delay('pullImage', 100);
  return {
    engine,
    kind: 'fake',
    command: fakeCommand,
    image: {
      labels: {},
      command: ['/bin/thing'],
      files: [{ path: 'bin/thing', content: 'x'.repeat(200_000), mode: 0o755 }],
    },
    losable: async () => ({ engine, lose: async () => engine.lose() }),
    close: async () => engine.close(),
  };
});
