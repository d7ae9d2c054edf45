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

// A throttled call must not fail a deployment: six attempts take at most 16 of the 60 seconds that a run may last.
const codebuild = new CodeBuildClient({ maxAttempts: 6 });

// Where to answer travels with the build, so that nothing has to be stored between the two invocations.
const requestVariable = 'CLOUDFORMATION_REQUEST';

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

  try {
    await codebuild.send(
      new StartBuildCommand({
        projectName,
        // Lambda may deliver the same request twice; CodeBuild then gives back the build that it has started.
        idempotencyToken: RequestId,
        environmentVariablesOverride: [
          { name: requestVariable, value: JSON.stringify(request), type: 'PLAINTEXT' },
        ],
      }),
    );
  } catch (error) {
    const advice = error.name === 'AccountLimitExceededException' ? ` ${accountLimitAdvice}` : '';
    const reason = `CodeBuild did not start a build of ${projectName}: ${error.name}: ${error.message}.${advice}`;
    return answer(request, 'FAILED', reason);
  }
}

// When CloudFormation gives a request up (a rollback, a cancelled update), its build goes on: it costs money, pushes
// images that nobody wants any more, and takes the place of the next build where an account may run only one.
async function stopEarlierBuilds(projectName, { StackId, RequestId, LogicalResourceId }) {
  try {
    const { ids = [] } = await codebuild.send(new ListBuildsForProjectCommand({ projectName }));
    if (ids.length === 0) return;
    const { builds = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids }));
    for (const build of builds) {
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

  const succeeded = status === 'SUCCEEDED';
  const reason = succeeded ? `Build ${id} succeeded.` : failureOf(build, id, status);
  await answer(request, succeeded ? 'SUCCESS' : 'FAILED', reason, { BuildId: id });
}

// The request that started a build; undefined for a build that no stack has started.
function requestOf(build) {
  const variable = build.environment?.environmentVariables?.find(({ name }) => name === requestVariable);
  try {
    return variable && JSON.parse(variable.value);
  } catch {
    return undefined;
  }
}

function failureOf(build, id, status) {
  const phase = build.phases?.find(({ phaseStatus }) => phaseStatus && phaseStatus !== 'SUCCEEDED');
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
