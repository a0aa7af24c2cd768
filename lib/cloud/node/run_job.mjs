// Parse.Cloud.job
import { base_request, decode_params } from './request_object.mjs';
import { to_parse_error } from './errors.mjs';
import { Kind } from './link.mjs';

export async function run_job(tools, hook, call, number) {
  const { Parse, link } = tools;
  const { headers, ip, log, config } = base_request(tools, call);
  const request = {
    headers, ip, log, config,
    params: decode_params(Parse, call.params ?? {}),
    jobName: call.name,
    jobId: call.jobId,
    message: text => link.send(Kind.job_message, number, String(text)),
  };
  try {
    const said = await hook.handler(request);
    return `\n${JSON.stringify({ message: typeof said === 'string' ? said : undefined })}`;
  } catch (error) {
    throw to_parse_error(Parse, error);
  }
}
