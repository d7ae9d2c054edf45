'use strict';
// Starts the image build for CloudFormation and answers CloudFormation when CodeBuild says that the build has ended.
// It never waits in between: a Lambda lives 15 minutes, a build may live longer.
// compute-stack.yaml carries this text as inline code; a test keeps the two equal.

const { BatchGetBuildsCommand, CodeBuildClient, StartBuildCommand } = require('@aws-sdk/client-codebuild');

const codebuild = new CodeBuildClient();

// Where to answer travels with the build, so that nothing has to be stored between the two invocations.
const requestVariable = 'CLOUDFORMATION_REQUEST';

// CloudFormation refuses a longer answer, and then waits for one until its time limit.
const answerLimitBytes = 4096;

exports.handler = async (event) =>
  event.source === 'aws.codebuild' ? reportBuild(event.detail) : handleRequest(event);

async function handleRequest({ RequestType, ResponseURL, StackId, RequestId, LogicalResourceId, ...event }) {
  const projectName = event.ResourceProperties.ProjectName;
  // A physical id that changed between requests would make CloudFormation delete the "old" resource.
  const PhysicalResourceId = event.PhysicalResourceId ?? `${projectName}-images`;
  const request = { ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId };

  // The images go with their repositories, so that there is nothing to undo here.
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
    const reason = `CodeBuild did not start a build of ${projectName}: ${error.name}: ${error.message}`;
    return answer(request, 'FAILED', reason);
  }
}

async function reportBuild(detail) {
  // The event names the build by its ARN; the API asks for what follows "build/".
  const id = detail['build-id'].split('/').pop();
  const { builds = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids: [id] }));
  if (builds.length === 0) throw new Error(`CodeBuild does not know build ${id} yet.`);

  const [build] = builds;
  const variable = build.environment?.environmentVariables?.find(({ name }) => name === requestVariable);
  // Somebody started this build by hand: no stack is waiting for it.
  if (!variable) return;

  const succeeded = detail['build-status'] === 'SUCCEEDED';
  const reason = succeeded ? `Build ${id} succeeded.` : failureOf(build, id, detail['build-status']);
  await answer(JSON.parse(variable.value), succeeded ? 'SUCCESS' : 'FAILED', reason, { BuildId: id });
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
  let Reason = reason;
  let body = JSON.stringify({ ...request, Status, Reason, Data });
  while (Buffer.byteLength(body) > answerLimitBytes && Reason.length > 0) {
    Reason = Reason.slice(0, Math.floor(Reason.length * 0.9));
    body = JSON.stringify({ ...request, Status, Reason, Data });
  }

  // The address is signed for an empty content type.
  const put = { method: 'PUT', headers: { 'content-type': '' }, body };
  const response = await fetch(ResponseURL, put).catch((error) => {
    // Whoever knows the address can answer in our place, so that no message may quote it.
    throw new Error(`CloudFormation cannot be reached: ${error.cause?.code ?? error.name}.`);
  });
  // A throw makes Lambda try this event again.
  if (!response.ok) throw new Error(`CloudFormation refused the answer with HTTP status ${response.status}.`);
}
