/** @typedef {{ kind: string, metadata: { name: string }, [more: string]: any }} KubernetesObject */

/** What every pod and Secret of ours keeps to, by the sentence that says what is wrong otherwise. */
const POD_POLICIES = {
  'must not mount a token of the Kubernetes API': (pod) => pod.automountServiceAccountToken === false,
  'must run as a numbered user that is not root': (pod) =>
    pod.securityContext?.runAsNonRoot === true && pod.securityContext.runAsUser > 0,
  "must use the runtime's seccomp profile": (pod) =>
    pod.securityContext?.seccompProfile?.type === 'RuntimeDefault',
  'must not see the host': (pod) => !pod.hostNetwork && !pod.hostPID && !pod.hostIPC,
  'must not mount folders of the host': (pod) => (pod.volumes ?? []).every((volume) => !volume.hostPath),
};

const CONTAINER_POLICIES = {
  'must have a read-only root file system': (c) => c.securityContext?.readOnlyRootFilesystem === true,
  'must not gain privileges': (c) => c.securityContext?.allowPrivilegeEscalation === false,
  'must drop all capabilities': (c) => c.securityContext?.capabilities?.drop?.includes('ALL') === true,
  'must request CPU and memory': (c) => Boolean(c.resources?.requests?.cpu && c.resources.requests.memory),
  'must limit its memory': (c) => Boolean(c.resources?.limits?.memory),
  'must name an image by version or digest': (c) =>
    /(:[^/]+|@sha256:[0-9a-f]{64})$/.test(c.image) && !c.image.endsWith(':latest'),
  'must be asked whether it lives': (c) => c.livenessProbe?.httpGet?.path === '/health/live',
  'must be asked whether it is ready': (c) => c.readinessProbe?.httpGet?.path === '/health/ready',
  'must get secrets by reference': (c) =>
    c.env.every(
      ({ name, value }) => value === undefined || !/SECRET|PASSWORD|_KEY$|DATABASE_URL|REDIS_URL/.test(name),
    ),
};

/**
 * Holds rendered objects against the policies.
 * @param {KubernetesObject[]} objects @returns {string[]} one sentence for each break
 */
export function brokenPolicies(objects) {
  return objects.flatMap((object) => {
    const who = `${object.kind} ${object.metadata.name}`;
    if (object.kind === 'Secret') return [`${who} must be made by the operator, not by a chart`];
    const pod = object.spec?.template?.spec;
    if (pod === undefined) return [];
    return [
      ...broken(POD_POLICIES, pod).map((sentence) => `${who}: its pods ${sentence}`),
      ...pod.containers.flatMap((container) =>
        broken(CONTAINER_POLICIES, container).map((sentence) => `${who}: ${container.name} ${sentence}`),
      ),
    ];
  });
}

const broken = (policies, subject) =>
  Object.entries(policies)
    .filter(([, holds]) => !holds(subject))
    .map(([sentence]) => sentence);
