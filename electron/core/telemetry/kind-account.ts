// What is made in a KinD cluster for Prometheus: an account that may read the kubelets' metrics, and nothing else. Pure.

const name = 'macula-observability';
const group = 'rbac.authorization.k8s.io';
const kubectl = ['kubectl', '--kubeconfig=/etc/kubernetes/admin.conf'] as const;

export const applyAccount: readonly string[] = [...kubectl, 'apply', '--filename=-'];

export const readAccountToken: readonly string[] = [
  ...kubectl,
  ...['get', 'secret', name, `--namespace=${name}`, '--output=jsonpath={.data.token}'],
];

// Whatever of it is there; what is gone already is no failure. The account and its token go with the namespace.
export const removeAccount: readonly string[] = [
  ...kubectl,
  ...['delete', '--ignore-not-found', '--wait=false'],
  ...[`clusterrolebinding/${name}`, `clusterrole/${name}`, `namespace/${name}`],
];

export function accountManifest(): string {
  const own = { name, labels: { 'app.kubernetes.io/managed-by': 'macula' } };
  const inside = { ...own, namespace: name };
  const items = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: own },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: inside, automountServiceAccountToken: false },
    {
      apiVersion: `${group}/v1`,
      kind: 'ClusterRole',
      metadata: own,
      rules: [
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
        { nonResourceURLs: ['/metrics', '/metrics/cadvisor'], verbs: ['get'] },
      ],
    },
    {
      apiVersion: `${group}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: own,
      roleRef: { apiGroup: group, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: name }],
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: { ...inside, annotations: { 'kubernetes.io/service-account.name': name } },
    },
  ];
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items })}\n`;
}
