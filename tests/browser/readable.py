"""What of a picture on the page nobody can read: words on each other, and words an edge cuts off."""

# In the language of the browser; a word is less high than its box, and the box of a slanted one says nothing.
UNREADABLE = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg')].flatMap(svg => {
    const edge = svg.getBoundingClientRect();
    const upright = [...svg.querySelectorAll('text')].filter(
        each => each.textContent.trim() && !each.getAttribute('transform')?.includes('rotate'));
    const words = upright.map(each => {
        const box = each.getBoundingClientRect(), off = box.height * 0.3;
        return {text: each.textContent, left: box.left, right: box.right, top: box.top + off,
                bottom: box.bottom - off};
    });
    const cut = words.filter(one => one.right > edge.right + 1 || one.bottom > edge.bottom + 1);
    const same = (one, other) => one.text === other.text && one.left === other.left && one.top === other.top;
    const apart = (one, other) => same(one, other) || one.right <= other.left + 1
        || other.right <= one.left + 1 || one.bottom <= other.top || other.bottom <= one.top;
    const met = words.filter((one, place) => words.slice(place + 1).some(other => !apart(one, other)));
    return [...cut, ...met].map(one => one.text);
})"""
