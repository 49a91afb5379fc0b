#!/usr/bin/env bash
# Fetches what is new in the feeds, converts new seeds, and commits what came of it: straight to this branch,
# or, with NEW_ARTICLES=pull-request, to one that waits in a pull request for an editor.
set -euo pipefail

branch=$(git branch --show-current)
waiting=sitegen/new-articles
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@@users.noreply.github.com"

# Whatever happens, the steps that follow find the branch that they are to build.
trap 'git switch --quiet --discard-changes "$branch"' EXIT

target=$branch
if [ "${NEW_ARTICLES:-branch}" = pull-request ]; then
  target=$waiting
  # What an editor has done in the pull request stays: new articles come on top of it.
  if git fetch --quiet origin "+refs/heads/$waiting:refs/remotes/origin/$waiting" 2>/dev/null; then
    git switch --quiet -C "$waiting" "origin/$waiting"
    git merge --quiet --no-edit "$branch"
  else
    git switch --quiet -C "$waiting"
  fi
fi

# A feed or a seed with a fault shows on the page of the run, and keeps no other waiting.
sitegen fetch || true
sitegen convert || true

git add --all content seeds
if ! git diff --cached --quiet; then
  git commit --quiet --message "New articles"
  if [ "$target" = "$branch" ]; then git pull --quiet --rebase; fi
  git push --quiet origin "HEAD:refs/heads/$target"
  echo "committed=true" >> "${GITHUB_OUTPUT:-/dev/null}"
  if [ "$target" = "$waiting" ] && [ "$(gh pr list --head "$waiting" --state open --json number)" = "[]" ]; then
    gh pr create --base "$branch" --head "$waiting" --title "New articles" \
      --body "Fetched and converted by the scheduled run. Merging publishes them."
  fi
fi
