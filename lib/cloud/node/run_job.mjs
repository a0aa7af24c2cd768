// Parse.Cloud.job
import { types } from 'node:util';
import { base_request, decode_params } from './request_object.mjs';
import { Kind } from './link.mjs';

/** What of a result or a thrown value is told in the row of the run: texts, and the messages of errors. */
function told(said) {
  if (typeof said === 'string') return said || undefined;
  return types.isNativeError(said) && typeof said.message === 'string' ? said.message : undefined;
}

export async function run_job(tools, hook, call, number) {
  const { Parse, link } = tools;
  const { log, config } = base_request(tools, call);
  const request = {
    headers: call.headers, ip: call.ip, log, config,
    params: decode_params(Parse, call.params ?? {}),
    jobName: call.name,
    jobId: call.jobId,
    message: text => {
      if (text && typeof text === 'string') link.send(Kind.job_message, number, text);
    },
  };
  const outcome = (status, said) => `\n${JSON.stringify({ status, message: told(said) })}`;
  try {
    return outcome('succeeded', await hook.handler(request));
  } catch (error) {
    return outcome('failed', error);
  }
}
