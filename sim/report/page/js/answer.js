// The answer: three sentences that the program made from the numbers, each with the files they are from.

function answer() {
  return section("The answer", null,
    h("ol", { class: "answer" }, data.answer.map((sentence) =>
      h("li", {}, sentence.text, " ", h("small", {}, fileName(sentence.from))))));
}
