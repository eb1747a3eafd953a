// The fake engine's programs, figures and connections: what it does beside the life of the stack's own containers.
import type {
  ContainerStats,
  EngineMachine,
  ProgramResult,
  ProgramRun,
  VolumeUser,
} from '../../electron/core/engine-port.ts';
import type { ObservedVolume } from '../../electron/core/observed.ts';
import { FakeControls } from './fake-controls.ts';
import { runInOwnContainer, sizesOf, statsOf, usersOf } from './fake-program-runs.ts';
import { failed, joinNetwork, leaveNetwork } from './fake-resources.ts';
import type { FakeContainer } from './fake-world.ts';

export class FakePrograms extends FakeControls {
  protected readonly closed = new AbortController();

  async containerStats(id: string): Promise<ContainerStats | undefined> {
    await this.script.begin('containerStats', this.nameOf(id));
    const found = this.processes.find(id);
    return found === undefined ? undefined : statsOf(this.world, found, this.now());
  }

  // It has no socket: asked in the usual way, it answers.
  async patientStats(_id: string): Promise<ContainerStats | undefined> {
    return undefined;
  }

  async machine(): Promise<EngineMachine | undefined> {
    await this.script.begin('machine', '');
    return { processors: 4, memoryBytes: 16_000_000_000 };
  }

  async volumeSizes(names: readonly string[]): Promise<Readonly<Record<string, number>>> {
    await this.script.begin('volumeSizes', '');
    return sizesOf(this.world, names);
  }

  async listVolumes(): Promise<readonly ObservedVolume[]> {
    await this.script.begin('listVolumes', '');
    return [...this.world.volumes.values()];
  }

  async volumeUsers(name: string): Promise<readonly VolumeUser[]> {
    await this.script.begin('volumeUsers', name);
    return usersOf(this.world, name);
  }

  async runProgram(run: ProgramRun, given: AbortSignal): Promise<ProgramResult> {
    const signal = AbortSignal.any([given, this.closed.signal]);
    await this.script.begin('runProgram', run.service, signal);
    return runInOwnContainer(this.world, this.processes, run, () => this.onRun(run, signal), signal);
  }

  async execute(id: string, command: readonly string[], input = ''): Promise<ProgramResult> {
    await this.script.begin('execute', this.nameOf(id));
    const operation = 'run a command in a container';
    const container = this.require(id, operation);
    if (container.phase !== 'running') throw failed(operation, `container ${id} is not running`);
    return this.onExecute(container, command, input);
  }

  async connectNetwork(name: string, id: string): Promise<void> {
    await this.script.begin('connectNetwork', this.nameOf(id));
    const container = this.require(id, `connect a container to the network ${name}`);
    const network = joinNetwork(this.world, name, container);
    if (network !== undefined) this.processes.emit('network', 'connect', network);
  }

  async disconnectNetwork(name: string, id: string): Promise<void> {
    await this.script.begin('disconnectNetwork', this.nameOf(id));
    const network = leaveNetwork(this.world, name, this.processes.find(id));
    if (network !== undefined) this.processes.emit('network', 'disconnect', network);
  }

  protected require(id: string, operation: string): FakeContainer {
    const found = this.processes.find(id);
    if (found === undefined) throw failed(operation, `No such container: ${id}`);
    return found;
  }

  protected nameOf(id: string): string {
    return this.processes.find(id)?.desired.name ?? id;
  }
}
