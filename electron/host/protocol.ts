// The line between the app and its root program: the words of core/host, and nothing that runs but constants.
export type {
  Applied,
  FileChange,
  GuardIntent,
  HostAnswer,
  HostIntent,
  HostName,
  HostPlan,
  HostRequest,
  HostState,
  NamesIntent,
  PortOwner,
  RefusalCode,
} from '../core/host/host-request.ts';
export { leastLanPort, mostLanPorts, namesMethods } from '../core/host/host-request.ts';
export { canaryAddress, canaryPort } from '../core/host/canary.ts';
