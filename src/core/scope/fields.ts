/** The fields of one thing in each section (Compose Specification, 05-services.md to 09-secrets.md, models.md). */
export const fieldsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    services:
      'annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name ' +
      'cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset ' +
      'credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname ' +
      'entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck ' +
      'hostname image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation ' +
      'mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit ' +
      'platform ports post_start pre_start pre_stop privileged profiles provider pull_policy pull_refresh_after ' +
      'read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal ' +
      'storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir',
    volumes: 'driver driver_opts external labels name',
    networks: 'attachable driver driver_opts enable_ipv4 enable_ipv6 external internal ipam labels name',
    configs: 'content environment external file labels name template_driver',
    secrets: 'driver driver_opts environment external file labels name template_driver',
    models: 'context_size model name runtime_flags',
  }).map(([section, names]) => [section, names.split(' ')]),
);
