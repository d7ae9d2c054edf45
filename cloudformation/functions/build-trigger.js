'use strict';
// Starts the image build for CloudFormation and answers CloudFormation when CodeBuild says that the build has ended.
// It never waits in between: a Lambda lives 15 minutes, a build may live longer.
// compute-stack.yaml carries this text as inline code: "npm run embed" writes it there, the linter compares the two.

const {
  BatchGetBuildsCommand,
  CodeBuildClient,
  ListBuildsForProjectCommand,
  StartBuildCommand,
  StopBuildCommand,
} = require('@aws-sdk/client-codebuild');
const { BatchGetImageCommand, ECRClient, PutImageCommand } = require('@aws-sdk/client-ecr');
const { createHash } = require('node:crypto');

// A throttled call must not fail a deployment: six attempts take at most 16 of the 60 seconds that a run may last.
const codebuild = new CodeBuildClient({ maxAttempts: 6 });
const ecr = new ECRClient({ maxAttempts: 4 });

// Where to answer travels with the build, so that nothing has to be stored between the two invocations.
const requestVariable = 'CLOUDFORMATION_REQUEST';

// The tag that the build gives its images besides the one that the services run.
const setVariable = 'IMAGE_SET';

// Which try a build is; the first one says nothing.
const tryVariable = 'BUILD_TRY';

// A build in any other state has not ended. The rule that wakes this function names the same ones.
const endStates = ['SUCCEEDED', 'FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'];

// CloudFormation refuses a longer answer, and then waits for one until its time limit.
const answerLimitBytes = 4096;

// The quota of the project's compute type; in a new account it may be less than what AWS calls its default.
const accountLimitAdvice =
  'Wait until other builds in this Region have ended or, when there are none, have the CodeBuild quota ' +
  '"Concurrently running builds for Linux/Large environment" raised, and deploy again.';

exports.handler = async (event) =>
  event.source === 'aws.codebuild' ? reportBuild(event.detail) : handleRequest(event);

async function handleRequest({ RequestType, ResponseURL, StackId, RequestId, LogicalResourceId, ...event }) {
  const projectName = event.ResourceProperties.ProjectName;
  // A physical id that changed between requests would make CloudFormation delete the "old" resource.
  const PhysicalResourceId = event.PhysicalResourceId ?? `${projectName}-images`;
  const request = { ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId };

  await stopEarlierBuilds(projectName, request);
  // The images go with their repositories, so that there is nothing else to undo.
  if (RequestType === 'Delete') return answer(request, 'SUCCESS', 'Nothing to remove.');

  const imageSet = imageSetOf(event.ResourceProperties);
  if (RequestType === 'Update') {
    const id = await useEarlierBuild(projectName, imageSet, event.ResourceProperties);
    if (id) return answer(request, 'SUCCESS', `The images of build ${id} are the wanted ones.`, { BuildId: id });
  }

  try {
    // Lambda may deliver the same request twice; CodeBuild then gives back the build that it has started.
    await startBuild(projectName, RequestId, { [requestVariable]: JSON.stringify(request), [setVariable]: imageSet });
  } catch (error) {
    const advice = error.name === 'AccountLimitExceededException' ? ` ${accountLimitAdvice}` : '';
    const reason = `CodeBuild did not start a build of ${projectName}: ${error.name}: ${error.message}.${advice}`;
    return answer(request, 'FAILED', reason);
  }
}

function startBuild(projectName, idempotencyToken, variables) {
  const environmentVariablesOverride = Object.entries(variables).map(([name, value]) => ({
    name,
    value,
    type: 'PLAINTEXT',
  }));
  return codebuild.send(new StartBuildCommand({ projectName, idempotencyToken, environmentVariablesOverride }));
}

// The tag of the images that these properties ask for: another value of any of them makes other images.
function imageSetOf({ ServiceToken, ServiceTimeout, ProjectName, Repositories, ImageTag, ...wanted }) {
  const text = JSON.stringify(Object.entries(wanted).sort());
  return `set-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

// An update that is rolled back asks for the images that were there before it. They are still in the repositories: a
// build of a quarter of an hour would only be another thing that can fail, and leave the stack in
// UPDATE_ROLLBACK_FAILED. Returns the id of the build that made them; undefined when a build has to make them.
async function useEarlierBuild(projectName, imageSet, { Repositories = [], ImageTag }) {
  try {
    const build = (await recentBuilds(projectName)).find(
      (one) => one.buildStatus === 'SUCCEEDED' && variableOf(one, setVariable) === imageSet,
    );
    if (!build || Repositories.length === 0) return undefined;

    const found = await Promise.all(
      Repositories.map(async (repositoryName) => {
        const imageIds = [{ imageTag: imageSet }, { imageTag: ImageTag }];
        const { images = [] } = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }));
        const [wanted, served] = [imageSet, ImageTag].map((tag) =>
          images.find(({ imageId }) => imageId.imageTag === tag),
        );
        const isServed = wanted?.imageId.imageDigest === served?.imageId.imageDigest;
        return { repositoryName, wanted, isServed };
      }),
    );
    if (found.some(({ wanted }) => !wanted)) return undefined;

    // Only now, when all of them are there: a mixture of two builds would be worse than either.
    for (const { repositoryName, wanted, isServed } of found) {
      if (isServed) continue;
      const { imageManifest, imageManifestMediaType } = wanted;
      const image = { repositoryName, imageManifest, imageManifestMediaType };
      await ecr.send(new PutImageCommand({ ...image, imageTag: ImageTag }));
    }
    return build.id;
  } catch (error) {
    // Such as a permission that its role does not have yet: a build needs none of it.
    console.warn(`The images ${imageSet} were not looked for: ${error.name}: ${error.message}`);
    return undefined;
  }
}

// The newest hundred, newest first.
async function recentBuilds(projectName) {
  const { ids = [] } = await codebuild.send(new ListBuildsForProjectCommand({ projectName }));
  if (ids.length === 0) return [];
  const { builds = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids }));
  return builds.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

// When CloudFormation gives a request up (a rollback, a cancelled update), its build goes on: it costs money, pushes
// images that nobody wants any more, and takes the place of the next build where an account may run only one.
async function stopEarlierBuilds(projectName, { StackId, RequestId, LogicalResourceId }) {
  try {
    for (const build of await recentBuilds(projectName)) {
      const earlier = requestOf(build);
      const isOurs = earlier?.StackId === StackId && earlier.LogicalResourceId === LogicalResourceId;
      // The same request delivered twice must not stop its own build.
      if (build.buildStatus !== 'IN_PROGRESS' || !isOurs || earlier.RequestId === RequestId) continue;
      await codebuild.send(new StopBuildCommand({ id: build.id }));
      console.log(`Stopped build ${build.id}, which an earlier request had started.`);
    }
  } catch (error) {
    // An unwanted build is a nuisance; a stack that cannot be deleted because its project is gone is worse.
    console.warn(`Earlier builds of ${projectName} were not stopped: ${error.name}: ${error.message}`);
  }
}

async function reportBuild(detail) {
  const status = detail['build-status'];
  if (!endStates.includes(status)) return;

  // The event names the build by its ARN; the API asks for what follows "build/".
  const id = detail['build-id'].split('/').pop();
  const { builds = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids: [id] }));
  if (builds.length === 0) throw new Error(`CodeBuild does not know build ${id} yet.`);

  const [build] = builds;
  const request = requestOf(build);
  // Somebody started this build by hand: no stack is waiting for it.
  if (!request) return;

  if (status === 'SUCCEEDED') return answer(request, 'SUCCESS', `Build ${id} succeeded.`, { BuildId: id });
  const reason = failureOf(build, id, status);
  const problem = mayTryAgain(build) ? await tryAgain(build, request) : '';
  if (problem !== undefined) await answer(request, 'FAILED', `${reason}${problem}`, { BuildId: id });
}

// The source is cloned before any command of ours could try twice, and GitHub refuses a clone now and then.
function mayTryAgain(build) {
  const { buildStatus } = build;
  return buildStatus === 'FAILED' && phaseOf(build)?.phaseType === 'DOWNLOAD_SOURCE' && !variableOf(build, tryVariable);
}

// Starts the build once more, which then answers. Returns what stood in the way; undefined when nothing did.
async function tryAgain(build, { RequestId }) {
  const kept = [requestVariable, setVariable].map((name) => [name, variableOf(build, name)]);
  const variables = Object.fromEntries(kept.filter(([, value]) => value !== undefined));
  try {
    await startBuild(build.projectName, `${RequestId}-2`, { ...variables, [tryVariable]: '2' });
    console.log(`Build ${build.id} could not fetch its source; started one more.`);
    return undefined;
  } catch (error) {
    return ` CodeBuild did not start it once more: ${error.name}: ${error.message}.`;
  }
}

// The request that started a build; undefined for a build that no stack has started.
function requestOf(build) {
  try {
    return JSON.parse(variableOf(build, requestVariable));
  } catch {
    return undefined;
  }
}

function variableOf(build, wanted) {
  return build.environment?.environmentVariables?.find(({ name }) => name === wanted)?.value;
}

// The phase that failed.
function phaseOf(build) {
  return build.phases?.find(({ phaseStatus }) => phaseStatus && phaseStatus !== 'SUCCEEDED');
}

function failureOf(build, id, status) {
  const phase = phaseOf(build);
  const images = build.exportedEnvironmentVariables?.find(({ name }) => name === 'FAILED_IMAGES')?.value;
  const contexts = (phase?.contexts ?? []).map(({ message }) => message).filter(Boolean);
  // What matters most comes first, because a long reason is cut at its end.
  return [
    `The image build ${id} ended with ${status}${phase ? ` in phase ${phase.phaseType}` : ''}.`,
    images ? `Failed images: ${images}.` : '',
    build.logs?.groupName ? `Log: ${build.logs.groupName}, stream ${build.logs.streamName}.` : '',
    ...contexts,
  ].filter(Boolean).join(' ');
}

async function answer({ ResponseURL, ...request }, Status, reason, Data) {
  // Whoever knows the address can answer in our place: AWS quotes what it was given in some of its errors.
  const characters = Array.from(reason.replaceAll(ResponseURL, '(address)'));
  const bodyOf = (length) =>
    JSON.stringify({ ...request, Status, Reason: characters.slice(0, length).join(''), Data });
  // The longest beginning of the reason that fits, found by halving.
  let length = 0;
  let tooLong = characters.length + 1;
  while (tooLong - length > 1) {
    const half = Math.floor((length + tooLong) / 2);
    if (Buffer.byteLength(bodyOf(half)) > answerLimitBytes) tooLong = half;
    else length = half;
  }

  // The address is signed for an empty content type.
  const put = { method: 'PUT', headers: { 'content-type': '' }, body: bodyOf(length) };
  const response = await fetch(ResponseURL, put).catch((error) => {
    throw new Error(`CloudFormation cannot be reached: ${error.cause?.code ?? error.name}.`);
  });
  // Lambda tries an event that ended with an error twice more, then drops it: enough for a passing fault, and the end
  // of it where nobody waits any more, such as when somebody repeats an old build by hand.
  if (!response.ok) throw new Error(`CloudFormation refused the answer with HTTP status ${response.status}.`);
}
